package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// ADD of URLs in whole builds.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class AddRemoteTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);
    private static final String HELLO_DIGEST =
            "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @TempDir
    Path directory;

    private FileServer server;
    private Path context;
    private Path out;

    @BeforeEach
    void prepare() throws Exception {
        server = FileServer.start().put("/a.txt", HELLO);
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void unchangedFileIsAskedForOnceAndNotSent() throws Exception {
        String steps = "FROM scratch\nADD " + server.url("/a.txt") + " /x/\n";

        String first = build(steps).orFail().err();
        assertThat(first).contains(" " + server.url("/a.txt") + "\n").doesNotContain("CACHED");
        assertThat(server.answers()).containsExactly("/a.txt 200");
        assertThat(build(steps).orFail().err()).doesNotContain("DONE").contains("#1 CACHED", "#2 CACHED");
        assertThat(server.answers()).containsExactly("/a.txt 304");
        assertThat(files()).containsExactly("x/a.txt 600 784111777 6");

        server.put("/a.txt", new byte[1]);
        assertThat(build(steps).orFail().err()).doesNotContain("CACHED");
        assertThat(server.answers()).containsExactly("/a.txt 200");
        assertThat(files()).containsExactly("x/a.txt 600 784111777 1");
    }

    @Test
    void fileWhoseLayerIsGoneIsSentAgain() throws Exception {
        String steps = "FROM scratch\nADD " + server.url("/a.txt") + " /x/\n";
        build(steps).orFail();
        ExternalCommand.of("find", directory.resolve("store/v1/layers").toString(), "-mindepth", "1", "-delete")
                .run()
                .orFail();

        build(steps).orFail();

        assertThat(server.answers()).containsExactly("/a.txt 200", "/a.txt 304", "/a.txt 200");
        assertThat(files()).containsExactly("x/a.txt 600 784111777 6");
    }

    @Test
    void knownChecksumAsksNobody() throws Exception {
        String steps = "FROM scratch\nADD --checksum=" + HELLO_DIGEST + " " + server.url("/a.txt") + " /b\n";

        build(steps).orFail();
        build(steps).orFail();
        assertThat(server.answers()).containsExactly("/a.txt 200");
        server.close();
        assertThat(build(steps).orFail().err()).doesNotContain("DONE");
        assertThat(files()).containsExactly("b 600 784111777 6");
    }

    @Test
    void otherChecksumIsAnErrorWithItsPlace() throws Exception {
        server.put("/a.txt", new byte[] {'x'});

        var result = build("FROM scratch\nADD --checksum=" + HELLO_DIGEST + " " + server.url("/a.txt") + " /b\n");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Dockerfile:2:")
                .contains("digest mismatch for " + server.url("/a.txt")
                        + ": sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 (expected: "
                        + HELLO_DIGEST + ")");
    }

    @Test
    void missingFileIsAFailureOfTheNetworkWithItsPlace() throws Exception {
        var result = build("FROM scratch\nADD " + server.url("/none") + " /\n");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("   2 | >>> ADD")
                .contains("jbuild: cannot download " + server.url("/none") + ": the server answered 404");
    }

    @Test
    void onlyLocalArchivesAreUnpackedUnlessAsked() throws Exception {
        Files.write(context.resolve("a.txt"), HELLO);
        ExternalCommand.of("tar", "--mtime=@1", "-czf", "local.tgz", "a.txt")
                .in(context)
                .run()
                .orFail();
        server.put("/remote.tgz", Files.readAllBytes(context.resolve("local.tgz")));

        build("""
                FROM scratch
                ADD local.tgz @/remote.tgz /default/
                ADD --unpack --chown=1:2 --chmod=644 @/remote.tgz /unpacked/
                ADD --unpack=false local.tgz @/remote.tgz /packed/
                ADD --link --chmod=u=rw,go=r @/a.txt /linked
                """.replace("@", server.url(""))).orFail();

        assertThat(files().map(line -> line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1))))
                .containsExactly(
                        "default/a.txt 644",
                        "default/remote.tgz 600",
                        "linked 644",
                        "packed/local.tgz 644",
                        "packed/remote.tgz 600",
                        "unpacked/a.txt 644");
    }

    private java.util.stream.Stream<String> files() throws Exception {
        return ExternalCommand.of("find", out.toString(), "-type", "f", "-printf", "%P %m %Ts %s\n")
                .run()
                .out()
                .lines()
                .sorted();
    }

    private ExternalCommand.Result build(String dockerfile) throws Exception {
        write(dockerfile);
        return new Jbuild(directory.resolve("store")).run("-o", "type=local,dest=" + out, context.toString());
    }

    private void write(String dockerfile) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
    }
}
