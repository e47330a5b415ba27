package dev.jbuild.remote;

import static dev.jbuild.testing.LocalRegistry.redirect;
import static dev.jbuild.testing.LocalRegistry.stalled;
import static dev.jbuild.testing.LocalRegistry.status;
import static dev.jbuild.testing.LocalRegistry.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.http.TransportLimits;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import dev.jbuild.testing.LocalFiles;
import dev.jbuild.testing.LocalRegistry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteFilesTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);
    private static final String THEN = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final int LARGEST = 4 << 20;
    private static final TransportLimits QUICK = new TransportLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(1000),
            4,
            Duration.ofMillis(5),
            Duration.ofSeconds(2));

    private final LocalFiles server = LocalFiles.start();
    private final RemoteFiles files = new RemoteFiles(QUICK, LARGEST);
    private final Fd target = memory();

    @AfterEach
    void stop() {
        files.close();
        server.close();
        target.close();
    }

    @Test
    void fileHasTheTimeAndDigestOfWhatTheServerHas() throws Exception {
        server.put("/a", HELLO, "\"1\"", THEN);

        RemoteFile file = files.fetchUnlessKnown(address("/a"), null, target);

        assertThat(file)
                .isEqualTo(new RemoteFile(
                        new Validators("\"1\"", THEN),
                        Digest.ofBytes(HELLO),
                        6,
                        Instant.parse("1994-11-06T08:49:37Z")));
        assertThat(bytes(6)).isEqualTo(HELLO);
        assertThat(server.last().headers()).doesNotContainKeys("authorization", "if-none-match", "accept-encoding");
    }

    @Test
    void fileWithoutTimeIsOfTheEpoch() throws Exception {
        server.put("/a", new byte[0], null, "yesterday");

        assertThat(files.fetch(address("/a"), null, target))
                .isEqualTo(new RemoteFile(new Validators(null, null), Digest.ofBytes(new byte[0]), 0, Instant.EPOCH));
    }

    @Test
    void knownFileIsNotSentAgain() throws Exception {
        server.put("/tag", HELLO, "W/\"1\"", null);
        server.put("/time", HELLO, null, THEN);
        for (String path : new String[] {"/tag", "/time"}) {
            RemoteFile known = files.fetchUnlessKnown(address(path), null, target);
            assertThat(files.fetchUnlessKnown(address(path), known, target)).isNull();
        }
        assertThat(server.requests()).hasSize(4);
        assertThat(server.last().headers()).containsEntry("if-modified-since", THEN);
        assertThat(server.requests().get(1).headers()).containsEntry("if-none-match", "W/\"1\"");
    }

    @Test
    void changedFileIsSent() throws Exception {
        server.put("/a", HELLO, "\"1\"", null);
        RemoteFile known = files.fetchUnlessKnown(address("/a"), null, target);
        server.put("/a", new byte[] {1}, "\"2\"", null);

        assertThat(files.fetchUnlessKnown(address("/a"), known, target).contentDigest())
                .isEqualTo(Digest.ofBytes(new byte[] {1}));
    }

    @Test
    void tagOfAServerThatDoesNotCompareIsCompared() throws Exception {
        var known = new RemoteFile(new Validators("\"1\"", null), Digest.ofBytes(HELLO), 6, Instant.EPOCH);
        server.script("/a", exchange -> {
            exchange.getResponseHeaders().set("ETag", "W/\"1\"");
            LocalRegistry.bytes("text/plain", HELLO).to(exchange);
        });

        assertThat(files.fetchUnlessKnown(address("/a"), known, target)).isNull();
    }

    @Test
    void timeOfThisVerySecondIsNoValidator() throws Exception {
        server.script("/a", exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", "Fri, 01 Jan 2100 00:00:00 GMT");
            LocalRegistry.bytes("text/plain", HELLO).to(exchange);
        });

        RemoteFile file = files.fetch(address("/a"), null, target);

        assertThat(file.validators().isEmpty()).isTrue();
        assertThat(file.modified()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void unchangedIsNotBelievedOfWhatWasNotAsked() throws Exception {
        server.script("/a", status(304));
        fails("/a", "the server answered 304");

        var known = new RemoteFile(new Validators("\"1\"", null), Digest.ofBytes(HELLO), 6, Instant.EPOCH);
        server.put("/b", HELLO, "\"2\"", null);
        server.script("/b", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"other\"");
            status(304).to(exchange);
        });
        assertThat(files.fetchUnlessKnown(address("/b"), known, target)).isNotNull();
        assertThat(server.last().headers()).doesNotContainKey("if-none-match");
    }

    @Test
    void checksumDecides() throws Exception {
        server.put("/a", HELLO, null, null);
        Digest other = Digest.ofBytes(new byte[0]);

        assertThat(files.fetch(address("/a"), Digest.ofBytes(HELLO), target).size())
                .isEqualTo(6);
        assertThatThrownBy(() -> files.fetch(address("/a"), other, target))
                .isInstanceOf(RemoteFileException.class)
                .hasMessage("digest mismatch for " + server.url("/a") + ": " + Digest.ofBytes(HELLO) + " (expected: "
                        + other + ")");
    }

    @Test
    void loginIsForItsServerAlone() throws Exception {
        try (var other = LocalFiles.start()) {
            other.put("/b", HELLO, null, null);
            server.script("/a", redirect(302, other.url("/b")));

            files.fetch(FileAddress.parse("http://me:secret@" + server.host() + "/a"), null, target);

            assertThat(server.last().headers()).containsEntry("authorization", "Basic bWU6c2VjcmV0");
            assertThat(other.last().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void serverDoesNotNameTheFile() throws Exception {
        server.script("/a", exchange -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=../../etc/passwd");
            LocalRegistry.bytes("text/plain", HELLO).to(exchange);
        });

        assertThat(files.fetch(address("/a"), null, target).size()).isEqualTo(6);
        assertThat(address("/a").fileName()).isEqualTo("a");
    }

    @Test
    void refusalsAreTold() {
        fails("/missing", "the server answered 404");
        server.script("/file", redirect(302, "file:///etc/passwd"));
        fails("/file", "a redirect to file:///etc/passwd");
        server.script("/data", redirect(302, "data:,x"));
        fails("/data", "a redirect to data://");
        for (int i = 0; i < 20; i++) {
            server.script("/loop", redirect(307, "/loop"));
        }
        fails("/loop", "more than 10 redirects");
        server.script("/empty", status(204));
        fails("/empty", "the server answered 204");
    }

    @Test
    void brokenTransferGoesOnWhereItWas() throws Exception {
        byte[] large = random(300_000);
        server.put("/a", large, "\"1\"", null);
        server.script("/a", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            truncated(large, 200_000).to(exchange);
        });

        RemoteFile file = files.fetch(address("/a"), Digest.ofBytes(large), target);

        assertThat(file.contentDigest()).isEqualTo(Digest.ofBytes(large));
        assertThat(bytes(large.length)).isEqualTo(large);
        assertThat(server.last().headers()).containsEntry("if-range", "\"1\"").containsKey("range");
    }

    @Test
    void brokenTransferOfAFileThatMayHaveChangedBeginsAnew() throws Exception {
        byte[] small = random(1000);
        server.put("/a", small, "\"2\"", null);
        server.script("/a", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            truncated(random(300_000), 200_000).to(exchange);
        });

        RemoteFile file = files.fetch(address("/a"), null, target);

        assertThat(file.size()).isEqualTo(1000);
        assertThat(file.contentDigest()).isEqualTo(Digest.ofBytes(small));
        assertThat(target.status().size()).isEqualTo(1000);
    }

    @Test
    void brokenOrStalledTransfersEnd() {
        for (int i = 0; i < 4; i++) {
            server.script("/broken", truncated(HELLO, 3));
            server.script("/stalled", stalled(HELLO, 3));
        }
        fails("/broken", "");
        fails("/stalled", "no data for 1 s");
        assertThat(server.requests()).hasSize(8);
    }

    @Test
    void filesThatAreTooLargeEnd() {
        server.script("/announced", exchange -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.getResponseBody().write(HELLO);
            exchange.getResponseBody().flush();
        });
        fails("/announced", "the file is larger than 4194304 bytes");
        server.script("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[1 << 16]);
                }
            }
        });
        fails("/endless", "the file is larger than 4194304 bytes");
    }

    private void fails(String path, String problem) {
        assertThatThrownBy(() -> files.fetch(address(path), null, target))
                .isInstanceOfSatisfying(
                        RemoteFileException.class,
                        failure -> assertThat(failure.unavailable()).isTrue())
                .hasMessageStartingWith("cannot download " + server.url(path) + ": ")
                .hasMessageEndingWith(problem);
    }

    private FileAddress address(String path) {
        return FileAddress.parse(server.url(path));
    }

    private byte[] bytes(int count) throws Exception {
        var bytes = new byte[count];
        target.readFully(0, bytes);
        return Arrays.copyOf(bytes, count);
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Fd memory() {
        try {
            return Fd.inMemory("download");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
