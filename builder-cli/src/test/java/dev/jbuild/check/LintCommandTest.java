package dev.jbuild.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.check.LintRequest.Format;
import dev.jbuild.oci.OciJson;
import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    Path context;

    private boolean lint(String dockerfile, Format format, String... rules) throws Exception {
        return lint(Files.writeString(context.resolve("Dockerfile"), dockerfile), format, rules);
    }

    private boolean lint(Path file, Format format, String... rules) throws Exception {
        results.reset();
        messages.reset();
        var request = new LintRequest(
                new Subject(context, file, null, Map.of(), null, Set.of()), Set.of(rules), format, false);
        return LintCommand.run(request, new Terminal(results, messages, false, false));
    }

    private String result() {
        return results.toString(StandardCharsets.UTF_8).replace(context.toString(), "CONTEXT");
    }

    @Test
    void cleanFileIsSaidToBeClean() throws Exception {
        assertThat(lint("FROM debian\nCMD [\"a\"]\n", Format.TEXT)).isTrue();
        assertThat(result()).isEqualTo("Check complete, no warnings found.\n");
    }

    @Test
    void findingIsShownWithTheLinesAroundIt() throws Exception {
        assertThat(lint("FROM debian\nMAINTAINER me\nRUN a\nRUN b\nRUN c\n", Format.TEXT))
                .isFalse();
        assertThat(result()).isEqualTo("""
                        Check complete, 1 warning has been found!

                        WARNING: MaintainerDeprecated - https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/
                        Maintainer instruction is deprecated in favor of using label
                        CONTEXT/Dockerfile:2
                        --------------------
                           1 |     FROM debian
                           2 | >>> MAINTAINER me
                           3 |     RUN a
                           4 |     RUN b
                        --------------------
                        """);
    }

    @Test
    void jsonHasTheKeysOfBuildKit() throws Exception {
        assertThat(lint("FROM debian\nMAINTAINER me\n", Format.JSON)).isFalse();
        assertThat(result())
                .contains("\"ruleName\": \"MaintainerDeprecated\"")
                .contains("\"detail\": \"Maintainer instruction is deprecated in favor of using label\"")
                .contains("\"language\": \"Dockerfile\"")
                .doesNotContain("buildError");
    }

    @Test
    void githubGetsOneCommandForEachFinding() throws Exception {
        assertThat(lint("FROM debian\nMAINTAINER me\n", Format.GITHUB)).isFalse();
        assertThat(result())
                .isEqualTo("::warning file=CONTEXT/Dockerfile,line=2,col=1,title=MaintainerDeprecated"
                        + "::Maintainer instruction is deprecated in favor of using label\n");
    }

    @Test
    void githubGetsOneCommandForEachError() throws Exception {
        assertThat(lint("FROM scratch\nFOO\nBAR\n", Format.GITHUB)).isFalse();
        assertThat(result()).isEqualTo("""
                        ::error file=CONTEXT/Dockerfile,line=2,col=1,title=unknown-instruction::unknown instruction FOO
                        ::error file=CONTEXT/Dockerfile,line=3,col=1,title=unknown-instruction::unknown instruction BAR
                        """);
    }

    @Test
    void mistakeIsReportedBesideTheFindings() throws Exception {
        assertThat(lint("FROM scratch AS X\nCOPY --from=7 a b\n", Format.JSON)).isFalse();
        assertThat(result())
                .contains("\"ruleName\": \"StageNameCasing\"")
                .contains("\"message\": \"invalid stage index 7\"");
    }

    @Test
    void jsonHoldsEveryError() throws Exception {
        assertThat(lint("FROM scratch\nFOO\nRUNN\n", Format.JSON)).isFalse();
        var report = OciJson.parse("report", results.toByteArray());
        assertThat(report.get("buildError").get("message").asText()).isEqualTo("unknown instruction FOO");
        assertThat(report.get("buildErrors").toString())
                .isEqualTo("[{\"rule\":\"unknown-instruction\",\"message\":\"unknown instruction FOO\","
                        + "\"help\":\"did you mean FROM?\","
                        + "\"location\":{\"ranges\":[{\"start\":{\"line\":2},\"end\":{\"line\":2}}]}},"
                        + "{\"rule\":\"unknown-instruction\",\"message\":\"unknown instruction RUNN\","
                        + "\"help\":\"did you mean RUN?\","
                        + "\"location\":{\"ranges\":[{\"start\":{\"line\":3},\"end\":{\"line\":3}}]}}]");
    }

    @Test
    void fileThatCannotBeReadIsReportedInEveryFormat() throws Exception {
        var missing = context.resolve("none");
        var reason = "Dockerfile 'CONTEXT/none' does not exist; name another one with -f";

        assertThat(lint(missing, Format.TEXT)).isFalse();
        assertThat(result()).isEqualTo("Check not complete.\n");
        assertThat(messages.toString(StandardCharsets.UTF_8).replace(context.toString(), "CONTEXT"))
                .isEqualTo("jbuild: " + reason + "\n");

        assertThat(lint(missing, Format.JSON)).isFalse();
        assertThat(OciJson.parse("report", result().getBytes(StandardCharsets.UTF_8))
                        .toString())
                .isEqualTo("{\"warnings\":[],\"sources\":[],\"buildError\":{\"message\":\"" + reason
                        + "\"},\"buildErrors\":[{\"rule\":\"unreadable\",\"message\":\"" + reason + "\"}]}");
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();

        assertThat(lint(missing, Format.GITHUB)).isFalse();
        assertThat(result()).isEqualTo("::error file=CONTEXT/none,title=unreadable::" + reason + "\n");

        assertThat(lint(missing, Format.SARIF)).isFalse();
        var run = OciJson.parse("log", results.toByteArray()).get("runs").get(0);
        assertThat(run.get("results").get(0).get("message").get("text").asText())
                .isEqualTo(reason.replace("CONTEXT", context.toString()));

        assertThat(lint(context, Format.TEXT)).isFalse();
        assertThat(messages.toString(StandardCharsets.UTF_8).replace(context.toString(), "CONTEXT"))
                .isEqualTo("jbuild: Dockerfile 'CONTEXT' is a directory\n");
    }

    @Test
    void textThatIsNoneIsReportedAsWell() throws Exception {
        var file = Files.write(context.resolve("Dockerfile"), new byte[] {(byte) 0xff});

        assertThat(lint(file, Format.JSON)).isFalse();
        assertThat(result()).contains("\"message\": \"byte 0xff at offset 0 is not UTF-8 text\"");
    }

    @Test
    void valueThatTheBaseImageMayHaveIsNoError() throws Exception {
        assertThat(lint("FROM app\nWORKDIR ${APP:?}\n", Format.TEXT)).isTrue();
        assertThat(lint("FROM scratch\nWORKDIR ${APP:?}\nEXPOSE x\nCOPY a\n", Format.GITHUB))
                .isFalse();
        assertThat(result()).isEqualTo("""
                        ::error file=CONTEXT/Dockerfile,line=2,col=9,title=no-value::APP: is not allowed to be unset
                        ::error file=CONTEXT/Dockerfile,line=3,col=1,title=invalid-port::invalid containerPort: x
                        ::error file=CONTEXT/Dockerfile,line=4,col=6,title=copy-no-destination::COPY needs a source and \
                        a destination, got only 'a'
                        """);
    }

    @Test
    void nameWithoutAVariableHasNoDefault() throws Exception {
        assertThat(lint("FROM Bad\n", Format.TEXT)).isFalse();
        assertThat(result()).isEqualTo("Check not complete.\n");
    }

    @Test
    void variablesOfAnUnknownImageAreNotCalledUndefined() throws Exception {
        assertThat(lint("FROM golang\nCOPY a $GOPATH\n", Format.TEXT)).isTrue();
        assertThat(lint("FROM scratch\nCOPY a $GOPATH\n", Format.TEXT)).isFalse();
    }

    @Test
    void ownRulesAreFoundWhenAskedFor() throws Exception {
        assertThat(lint("FROM debian\n", Format.TEXT)).isTrue();
        assertThat(lint("FROM debian\n", Format.TEXT, "jbuild/UnpinnedImage")).isFalse();
        assertThat(result())
                .contains("WARNING: jbuild/UnpinnedImage - docs/rules/unpinned-image.md\nImage \"debian\" has no tag");
        assertThat(lint("# check=skip=jbuild/all\nFROM debian\n", Format.TEXT, "jbuild/all"))
                .isTrue();
    }

    @Test
    void namesThatAreNoRulesAreTold() throws Exception {
        assertThat(lint("# check=skip=MaintainerDeprecate,jbuild/Nothing\nFROM debian\n", Format.TEXT))
                .isTrue();
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEqualTo("""
                note: the check options name 'MaintainerDeprecate', which is no rule (did you mean MaintainerDeprecated?)
                note: the check options name 'jbuild/Nothing', which is no rule
                """);
    }

    @Test
    void sarifHasRulesResultsAndRegions() throws Exception {
        assertThat(lint("FROM debian\nMAINTAINER me\nMAINTAINER you\nCOPY --from=7 a b\n", Format.SARIF, "jbuild/all"))
                .isFalse();
        var log = OciJson.parse("log", results.toByteArray());
        assertThat(log.get("version").asText()).isEqualTo("2.1.0");
        assertThat(log.get("$schema").asText()).endsWith("sarif-2.1.0.json");
        var run = log.get("runs").get(0);
        var driver = run.get("tool").get("driver");
        assertThat(driver.get("name").asText()).isEqualTo("jbuild");
        assertThat(run.get("columnKind").asText()).isEqualTo("unicodeCodePoints");
        assertThat(run.get("results"))
                .extracting(result -> result.get("ruleId").asText())
                .containsExactly(
                        "jbuild/UnpinnedImage", "MaintainerDeprecated", "MaintainerDeprecated", "jbuild/BuildError");
        for (var result : run.get("results")) {
            var rule = driver.get("rules").get(result.get("ruleIndex").asInt());
            assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
            assertThat(rule.get("shortDescription").get("text").asText()).isNotEmpty();
            if (rule.has("helpUri")) {
                assertThat(URI.create(rule.get("helpUri").asText()).isAbsolute())
                        .isTrue();
            }
            assertThat(result.get("level").asText()).isIn("warning", "error");
            assertThat(result.get("message").get("text").asText()).isNotEmpty();
            var place = result.get("locations").get(0).get("physicalLocation");
            assertThat(place.get("artifactLocation").get("uri").asText())
                    .isEqualTo("file://" + context + "/Dockerfile");
        }
        assertThat(run.get("results")
                        .get(2)
                        .get("locations")
                        .get(0)
                        .get("physicalLocation")
                        .get("region")
                        .toString())
                .isEqualTo("{\"startLine\":3,\"startColumn\":1,\"endLine\":3,\"endColumn\":15}");
        assertThat(run.get("results").get(3).get("message").get("text").asText())
                .startsWith("invalid stage index 7 (stages are counted from 0");
    }

    @Test
    void sarifOfACleanFileHasNoResults() throws Exception {
        assertThat(lint("FROM debian\n", Format.SARIF)).isTrue();
        var run = OciJson.parse("log", results.toByteArray()).get("runs").get(0);
        assertThat(run.get("results")).isEmpty();
        assertThat(run.get("tool").get("driver").get("rules")).isEmpty();
    }

    @Test
    void pathsBecomeReferences() {
        assertThat(FileUri.of("./a b/Döckerfile")).isEqualTo("a%20b/D%C3%B6ckerfile");
        assertThat(FileUri.of("/srv/Dockerfile")).isEqualTo("file:///srv/Dockerfile");
    }
}
