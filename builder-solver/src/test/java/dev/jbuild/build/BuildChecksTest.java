package dev.jbuild.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildChecksTest {
    @TempDir
    private Path context;

    private final List<String> said = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    @Test
    void whatIsFoundIsSaidInOneLineEach() throws Exception {
        check("FROM scratch AS Base\nENV A b\nCOPY a \\\n\n  b\n");

        assertThat(said)
                .containsExactly(
                        "StageNameCasing: Stage name 'Base' should be lowercase (line 1)",
                        "LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy"
                                + " \"ENV key value\" format (line 2)",
                        "NoEmptyContinuation: Empty continuation line (line 5)");
    }

    @Test
    void fileCanAskForErrors() {
        assertThatThrownBy(() -> check("# check=error=true;skip=StageNameCasing\nFROM scratch AS Base\nENV A b\n"))
                .isInstanceOf(DockerfileException.class)
                .hasMessageEndingWith("Dockerfile:3:1: lint violation found for rules: LegacyKeyValueFormat");
        assertThat(said).hasSize(1);
    }

    @Test
    void fileCanAskForSilence() throws Exception {
        check("# check=skip=all\nFROM scratch AS Base\nENV A b\n");

        assertThat(said).isEmpty();
    }

    @Test
    void argumentsThatNothingTakesAreTold() throws Exception {
        check(
                """
                ARG TAG=1
                FROM base:$TAG
                ARG VERSION
                ONBUILD ARG LATER
                FROM scratch
                ARG OF_STAGE
                """,
                "VERSON",
                "TAG",
                "LATER",
                "OF_STAGE",
                "HTTP_PROXY",
                "BUILDKIT_INLINE_CACHE",
                "SOURCE_DATE_EPOCH",
                "NOTHING_LIKE");

        assertThat(said)
                .containsExactly(
                        "build argument 'NOTHING_LIKE' was not consumed: no ARG of the Dockerfile declares it",
                        "build argument 'VERSON' was not consumed: no ARG of the Dockerfile declares it"
                                + " (did you mean VERSION?)");
    }

    @Test
    void stagesThatThereAreNotAreTold() throws Exception {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch AS Build\nFROM scratch\n");
        check(BuildRequest.of(context)
                .fresh(new FreshStages(false, Set.of("build", "0", "1", "2", "biuld", "other")))
                .build());

        assertThat(said.subList(1, said.size()))
                .containsExactly(
                        "--no-cache-filter: no stage '2'",
                        "--no-cache-filter: no stage 'biuld' (did you mean build?)",
                        "--no-cache-filter: no stage 'other'");
    }

    @Test
    void platformThatIsIgnoredIsToldAndIsNoError() throws Exception {
        check("# check=error=true\nFROM a:1 AS base\nFROM --platform=$BUILDPLATFORM base\n");

        assertThat(said)
                .containsExactly("jbuild/StagePlatform: --platform has no effect on FROM base,"
                        + " which is a stage for $TARGETPLATFORM (line 3)");
        assertThatThrownBy(() -> check("# check=error=true;experimental=jbuild/StagePlatform\n"
                        + "FROM a:1 AS base\nFROM --platform=$BUILDPLATFORM base\n"))
                .hasMessageEndingWith("lint violation found for rules: jbuild/StagePlatform");
    }

    @Test
    void detailsSayWhyAndWhere() throws Exception {
        check("FROM scratch\nMAINTAINER me\n");

        assertThat(details.getFirst().replace(context.toString(), "CONTEXT")).isEqualTo("""
                The MAINTAINER instruction is deprecated, use a label instead to define an image author
                More info: https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/
                CONTEXT/Dockerfile:2
                --------------------
                   1 |     FROM scratch
                   2 | >>> MAINTAINER me
                   3 |    \s
                --------------------
                """);
    }

    private void check(String text, String... arguments) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), text);
        var given = BuildRequest.of(context);
        for (var argument : arguments) {
            given.buildArgument(argument, "1");
        }
        check(given.build());
    }

    private void check(BuildRequest request) throws Exception {
        var dockerfile = Dockerfile.parse(DockerfileSource.read(request));
        var checks = new BuildChecks(dockerfile, request);
        var platform = Platform.of("linux", "amd64");
        var options =
                new FrontendOptions(null, request.buildArguments(), Map.of(), platform, platform, FreshStages.NONE);
        Frontend.define(dockerfile, options, new OfflineImages(), checks.plan());
        checks.report(event -> {
            var warning = (BuildEvent.Warning) event;
            said.add(warning.summary());
            details.add(warning.details());
        });
    }
}
