package dev.jbuild.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildChecksTest {
    @TempDir
    private Path context;

    private final List<String> said = new ArrayList<>();

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

    private void check(String text) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), text);
        var request = BuildRequest.of(context).build();
        var dockerfile = Dockerfile.parse(DockerfileSource.read(request));
        var checks = new BuildChecks(dockerfile, request);
        var platform = Platform.of("linux", "amd64");
        var options = new FrontendOptions(null, Map.of(), Map.of(), platform, platform, false);
        Frontend.define(dockerfile, options, new OfflineImages(), checks.plan());
        checks.report(event -> said.add(((BuildEvent.Notice) event).text()));
    }
}
