package dev.jbuild.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.check.LintRequest.Format;
import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    Path context;

    private boolean lint(String dockerfile, Format format) throws Exception {
        var file = Files.writeString(context.resolve("Dockerfile"), dockerfile);
        var request = new LintRequest(new Subject(context, file, null, Map.of(), null), format, false);
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
    void mistakeIsReportedBesideTheFindings() throws Exception {
        assertThat(lint("FROM scratch AS X\nCOPY --from=7 a b\n", Format.JSON)).isFalse();
        assertThat(result())
                .contains("\"ruleName\": \"StageNameCasing\"")
                .contains("\"message\": \"invalid stage index 7\"");
    }

    @Test
    void variablesOfAnUnknownImageAreNotCalledUndefined() throws Exception {
        assertThat(lint("FROM golang\nCOPY a $GOPATH\n", Format.TEXT)).isTrue();
        assertThat(lint("FROM scratch\nCOPY a $GOPATH\n", Format.TEXT)).isFalse();
    }
}
