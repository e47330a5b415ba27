package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Flags of COPY in whole builds.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class CopyFlagsTest {
    @TempDir
    Path directory;

    private BusyboxBuild builds;
    private Path context;

    @BeforeEach
    void prepare() throws Exception {
        builds = new BusyboxBuild(directory);
        context = builds.context();
    }

    @Test
    void linkedCopyIsKeptWhateverLiesBelow() throws Exception {
        Files.writeString(context.resolve("a"), "A");
        String steps = """
                FROM busybox
                RUN echo one > /one
                COPY --link --chown=user --chmod=0640 a /x/
                RUN cat /x/a && stat -c '%U %a' /x/a && cat /one
                """;

        String first = build(steps).orFail().err();
        String second = build(steps.replace("echo one", "echo two")).orFail().err();

        assertThat(first).contains("user 640").contains("one").doesNotContain("CACHED");
        assertThat(second)
                .containsPattern("#(\\d+) \\[3/4] LINK COPY a /x/\n#\\1 CACHED")
                .contains("user 640");
    }

    @Test
    void parentsAndExcludesDecideWhatIsCopied() throws Exception {
        Files.createDirectories(context.resolve("src/main/deep"));
        Files.writeString(context.resolve("src/main/deep/A.java"), "A");
        Files.writeString(context.resolve("src/main/deep/A.md"), "A");
        Files.writeString(context.resolve("src/B.java"), "B");
        Files.writeString(context.resolve("notes.md"), "N");
        Path out = directory.resolve("out");

        build("""
                FROM scratch
                COPY --parents src/./**/*.java /kept/
                COPY --exclude=**/*.md --exclude=Dockerfile . /all/
                """, "-o", "type=local,dest=" + out).orFail();

        assertThat(ExternalCommand.of("find", out.toString(), "-type", "f", "-printf", "%P\n")
                        .run()
                        .out()
                        .lines()
                        .sorted())
                .containsExactly("all/src/B.java", "all/src/main/deep/A.java", "kept/B.java", "kept/main/deep/A.java");
    }

    @Test
    void unknownOwnerOfALinkedCopyIsShownWithANearName() throws Exception {
        Files.writeString(context.resolve("a"), "A");

        var result = build("FROM busybox\nCOPY --link --chown=usre a /x/\n");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Dockerfile:2").contains("did you mean 'user'?");
    }

    private ExternalCommand.Result build(String dockerfile, String... more) throws Exception {
        builds.dockerfile(dockerfile);
        return builds.run(more);
    }
}
