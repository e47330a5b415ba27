package dev.jbuild.registry;

import static dev.jbuild.testing.LocalRegistry.blobPath;
import static dev.jbuild.testing.LocalRegistry.bytes;
import static dev.jbuild.testing.LocalRegistry.chunked;
import static dev.jbuild.testing.LocalRegistry.stalled;
import static dev.jbuild.testing.LocalRegistry.status;
import static dev.jbuild.testing.LocalRegistry.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.http.TransportLimits;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.testing.LocalRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that fail, break off, stall or carry the wrong bytes.
class RegistryImageTransferTest extends RegistryImageFixture {
    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void transientAnswersAreTriedAgain(int status) throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(TAG_PATH, status(status), status(status));
        assertThat(client.image(reference()).resolve(AMD64).manifest()).isEqualTo(IMAGE.manifest());
        assertThat(registry.requests(TAG_PATH)).hasSize(3);
    }

    @Test
    void attemptsAreBounded() {
        registry.script(TAG_PATH, status(503), status(503), status(503), status(503), status(200));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessage("cannot pull " + reference() + ": registry " + registry.host()
                        + " answered 503; the registry has a problem, try again later");
        assertThat(registry.requests(TAG_PATH)).hasSize(4);
    }

    @Test
    void retryAfterIsHonoured() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(TAG_PATH, later(429, "1"));
        long start = System.nanoTime();
        client.image(reference()).resolve(AMD64);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void tooLongAWaitIsToldInsteadOfTaken() {
        registry.script(TAG_PATH, later(429, "3600"));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessage("cannot pull " + reference() + ": registry " + registry.host()
                        + " answered 429 and asks to wait 3600 s; too many requests, try again later");
        assertThat(registry.requests()).hasSize(1);
    }

    private static LocalRegistry.Answer later(int status, String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            status(status).to(exchange);
        };
    }

    @Test
    void unreachableRegistryIsToldInOneLine() {
        String host = other.host();
        other.close();
        assertThatThrownBy(() -> client.image(ImageReference.parse(host + "/a")).resolve(AMD64))
                .hasMessage("cannot pull " + host + "/a:latest: registry " + host
                        + ": it cannot be connected to; check the network, or --registry-mirror");
    }

    @Test
    void brokenDocumentsAreReadAgain() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        byte[] manifest = IMAGE.manifest().raw().bytes();
        byte[] config = IMAGE.config().bytes();
        registry.script(TAG_PATH, truncated(manifest, 10), truncated(manifest, 20));
        registry.script(blobPath(REPOSITORY, IMAGE.config().digest()), truncated(config, 5));
        assertThat(client.image(reference()).resolve(AMD64).manifest()).isEqualTo(IMAGE.manifest());
    }

    @Test
    void brokenTransferIsResumedWhereItWas() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(LAYER_PATH, truncated(LAYER, 100_000));
        assertThat(read(client.image(reference()), IMAGE.layer(0))).isEqualTo(LAYER);
        assertThat(registry.requests(LAYER_PATH)).hasSize(2);
        assertThat(registry.requests(LAYER_PATH).get(1).headers().get("range")).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void serverWithoutRangesIsReadFromTheStart() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(LAYER_PATH, truncated(LAYER, 100_000), bytes("application/octet-stream", LAYER));
        assertThat(read(client.image(reference()), IMAGE.layer(0))).isEqualTo(LAYER);
        registry.script(LAYER_PATH, truncated(LAYER, 100_000), status(416), bytes("x/y", LAYER));
        assertThat(read(client.image(reference()), IMAGE.layer(0))).isEqualTo(LAYER);
    }

    @Test
    void stalledTransferIsGivenUpAndResumed() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(LAYER_PATH, stalled(LAYER, 1000));
        assertThat(read(client.image(reference()), IMAGE.layer(0))).isEqualTo(LAYER);
    }

    @Test
    void transferThatAlwaysBreaksOffFails() {
        for (int i = 0; i < 20; i++) {
            registry.script(LAYER_PATH, truncated(LAYER, 1000));
        }
        assertThatThrownBy(() -> read(client.image(reference()), IMAGE.layer(0)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("registry " + registry.host() + ": ");
        assertThat(registry.requests(LAYER_PATH)).hasSize(4);
    }

    @Test
    void surplusAndOtherBytesAreRefused() {
        byte[] longer = Arrays.copyOf(LAYER, LAYER.length + 1);
        registry.script(LAYER_PATH, chunked(longer));
        assertThatThrownBy(() -> read(client.image(reference()), IMAGE.layer(0)))
                .isInstanceOf(CorruptContentException.class)
                .hasMessage(IMAGE.layer(0).digest() + " goes on after its 300000 bytes");
        registry.script(LAYER_PATH, bytes("x/y", longer));
        assertThatThrownBy(() -> read(client.image(reference()), IMAGE.layer(0)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is announced with 300001 bytes instead of 300000");
        registry.script(LAYER_PATH, bytes("x/y", new byte[LAYER.length]));
        assertThatThrownBy(() -> read(client.image(reference()), IMAGE.layer(0)))
                .isInstanceOf(CorruptContentException.class)
                .hasMessage(IMAGE.layer(0).digest() + " has other content than its digest says");
    }

    @Test
    void interruptEndsAStall() throws Exception {
        registry.script(LAYER_PATH, stalled(LAYER, 1000));
        var patient = new TransportLimits(
                QUICK.connect(), QUICK.answer(), Duration.ofSeconds(30), 4, QUICK.firstDelay(), QUICK.longestDelay());
        try (var waiting = new RegistryClient(RegistryMirrors.NONE, patient)) {
            var failed = new java.util.concurrent.CompletableFuture<Throwable>();
            Thread reader = Thread.startVirtualThread(() -> {
                try {
                    read(waiting.image(reference()), IMAGE.layer(0));
                } catch (Exception failure) {
                    failed.complete(failure);
                }
            });
            Thread.sleep(200);
            long start = System.nanoTime();
            reader.interrupt();
            assertThat(failed.get()).isInstanceOfAny(java.io.InterruptedIOException.class, InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }
}
