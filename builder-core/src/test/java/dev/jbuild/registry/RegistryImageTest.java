package dev.jbuild.registry;

import static dev.jbuild.testing.LocalRegistry.blobPath;
import static dev.jbuild.testing.LocalRegistry.bytes;
import static dev.jbuild.testing.LocalRegistry.chunked;
import static dev.jbuild.testing.LocalRegistry.manifestPath;
import static dev.jbuild.testing.LocalRegistry.redirect;
import static dev.jbuild.testing.LocalRegistry.stalled;
import static dev.jbuild.testing.LocalRegistry.status;
import static dev.jbuild.testing.LocalRegistry.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.NoMatchingPlatformException;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.testing.LocalRegistry;
import dev.jbuild.testing.TestImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryImageTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final String REPOSITORY = "library/debian";
    private static final byte[] LAYER = randomBytes(300_000);
    private static final TestImage IMAGE = TestImage.of(LAYER);
    private static final String TAG_PATH = manifestPath(REPOSITORY, "12");
    private static final String LAYER_PATH = blobPath(REPOSITORY, IMAGE.layer(0).digest());

    /// Everything fails fast, but the machine may be busy.
    private static final TransportLimits QUICK = new TransportLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(1500),
            4,
            Duration.ofMillis(5),
            Duration.ofSeconds(2));

    private final LocalRegistry registry = LocalRegistry.start();
    private final LocalRegistry other = LocalRegistry.start();
    private final RegistryClient client = new RegistryClient(RegistryMirrors.NONE, QUICK);

    @AfterEach
    void stop() {
        client.close();
        registry.close();
        other.close();
    }

    @Test
    void imageIsResolvedAndItsLayersAreRead() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        ImageSource source = client.image(reference());
        ResolvedImage resolved = source.resolve(AMD64);
        assertThat(resolved.manifest()).isEqualTo(IMAGE.manifest());
        assertThat(resolved.rawConfig()).isEqualTo(IMAGE.config());
        assertThat(resolved.root()).isEqualTo(IMAGE.manifest().descriptor());
        assertThat(resolved.name()).isEqualTo(reference());
        assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        assertThat(registry.requests(TAG_PATH).getFirst().headers().get("accept"))
                .contains("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v2");
    }

    @Test
    void platformIsPickedFromAnIndexInAnIndex() throws Exception {
        TestImage arm = TestImage.of(Platform.parse("linux/arm64"), new byte[] {1});
        registry.put(REPOSITORY, "arm", arm);
        registry.put(REPOSITORY, "amd", IMAGE);
        ImageIndex inner = index(
                IMAGE.manifest().descriptor().withPlatform(AMD64),
                arm.manifest().descriptor().withPlatform(Platform.parse("linux/arm64")));
        ImageIndex outer = index(inner.descriptor());
        registry.putManifest(REPOSITORY, "inner", inner.raw().bytes(), MediaType.OCI_INDEX);
        registry.putManifest(REPOSITORY, "12", outer.raw().bytes(), MediaType.OCI_INDEX);
        ResolvedImage resolved = client.image(reference()).resolve(Platform.parse("linux/arm64"));
        assertThat(resolved.manifest()).isEqualTo(arm.manifest());
        assertThat(resolved.root()).isEqualTo(outer.descriptor());
        assertThatThrownBy(() -> client.image(reference()).resolve(Platform.parse("linux/s390x")))
                .isInstanceOf(NoMatchingPlatformException.class)
                .hasMessage("no image for linux/s390x: there is linux/amd64, linux/arm64");
    }

    @Test
    void indexesDoNotNestForEver() {
        ImageIndex index = index(IMAGE.manifest().descriptor());
        for (int depth = 0; depth < 6; depth++) {
            registry.putManifest(REPOSITORY, "12", index.raw().bytes(), MediaType.OCI_INDEX);
            index = index(index.descriptor());
        }
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessage("index: is nested more than 4 deep");
    }

    @Test
    void missingImageIsToldInOneLine() {
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .isInstanceOfSatisfying(RegistryException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(404);
                    assertThat(failure.retryable()).isFalse();
                })
                .hasMessage("cannot pull " + reference() + ": registry " + registry.host()
                        + " answered 404 (manifest unknown); check the name and tag, or --registry-mirror");
        assertThat(registry.requests()).hasSize(1);
    }

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

    @Test
    void unreachableRegistryIsToldInOneLine() {
        String host = other.host();
        other.close();
        assertThatThrownBy(() -> client.image(ImageReference.parse(host + "/a")).resolve(AMD64))
                .hasMessage("cannot pull " + host + "/a:latest: registry " + host
                        + ": it cannot be connected to; check the network, or --registry-mirror");
    }

    @Test
    void bodyHashDecidesForAPinnedImage() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        Digest pinned = IMAGE.manifest().raw().digest();
        assertThat(client.image(reference().withDigest(pinned)).resolve(AMD64).manifest())
                .isEqualTo(IMAGE.manifest());
        Digest wrong = Digest.ofBytes(new byte[] {7});
        registry.script(manifestPath(REPOSITORY, wrong.toString()), exchange -> {
            exchange.getResponseHeaders().set("Docker-Content-Digest", wrong.toString());
            bytes(MediaType.OCI_MANIFEST.name(), IMAGE.manifest().raw().bytes()).to(exchange);
        });
        assertThatThrownBy(() -> client.image(reference().withDigest(wrong)).resolve(AMD64))
                .hasMessageContaining(
                        "registry " + registry.host() + ": " + wrong + " has other content than its digest says");
    }

    @Test
    void contentTypeMustBeTheDocumentsOwn() {
        registry.script(
                TAG_PATH,
                bytes(MediaType.OCI_INDEX.name(), IMAGE.manifest().raw().bytes()));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("'mediaType' is application/vnd.oci.image.manifest.v1+json but it was declared as"
                        + " application/vnd.oci.image.index.v1+json");
    }

    @Test
    void parametersOfTheContentTypeDoNotMatter() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        registry.script(
                TAG_PATH,
                bytes(
                        MediaType.OCI_MANIFEST + "; charset=utf-8",
                        IMAGE.manifest().raw().bytes()));
        assertThat(client.image(reference()).resolve(AMD64).manifest()).isEqualTo(IMAGE.manifest());
    }

    @Test
    void captivePortalIsNoManifest() {
        registry.script(TAG_PATH, bytes("text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessage("cannot pull " + reference() + ": registry " + registry.host()
                        + ": manifest: got text/html from " + registry.host()
                        + " instead; check --registry-mirror and proxies");
    }

    @Test
    void schema1IsRefused() {
        registry.script(
                TAG_PATH, bytes("application/vnd.docker.distribution.manifest.v1+prettyjws", new byte[] {'{', '}'}));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageEndingWith(
                        "manifest: has the outdated schema version 1; push the image again with a current tool");
    }

    @Test
    void endlessManifestIsCutOff() {
        registry.script(TAG_PATH, chunked(new byte[5 << 20]));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("is 4194305 bytes long, more than the 4194304 allowed");
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
    void wrongConfigOfAMirrorIsReadFromTheRegistry() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.put(REPOSITORY, "12", IMAGE);
        String path = blobPath(REPOSITORY, IMAGE.config().digest());
        other.script(path, bytes("x/y", new byte[IMAGE.config().size()]));
        var mirrors = RegistryMirrors.parse(List.of(registry.host() + "=" + other.url()));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            assertThat(mirrored.image(reference()).resolve(AMD64).rawConfig()).isEqualTo(IMAGE.config());
        }
        assertThat(registry.requests(path)).hasSize(1);
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
    void mirrorIsAskedFirstAndTheRegistryWhenItFails() throws Exception {
        registry.put("prefix/" + REPOSITORY, "12", IMAGE);
        RegistryMirrors mirrors = RegistryMirrors.parse(
                List.of("docker.io=" + other.url() + "," + "docker.io=" + registry.url() + "/prefix/"));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            ImageSource source = mirrored.image(ImageReference.parse("debian:12"));
            assertThat(source.resolve(AMD64).manifest()).isEqualTo(IMAGE.manifest());
            assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        }
        assertThat(other.requests()).hasSize(1);
    }

    @Test
    void mirrorThatSendsWrongBytesIsAskedLastFromThenOn() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.put(REPOSITORY, "12", IMAGE);
        other.script(LAYER_PATH, bytes("x/y", new byte[LAYER.length]));
        var mirrors = RegistryMirrors.parse(List.of(registry.host() + "=" + other.url()));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            ImageSource source = mirrored.image(reference());
            source.resolve(AMD64);
            assertThatThrownBy(() -> read(source, IMAGE.layer(0))).isInstanceOf(CorruptContentException.class);
            assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        }
        assertThat(registry.requests(LAYER_PATH)).hasSize(1);
    }

    @Test
    void anonymousTokenIsFetchedAndStaysAtItsOrigin() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.putBlob(REPOSITORY, LAYER);
        String challenge = "Bearer realm=\"" + other.url() + "/token\",service=\"the registry\"";
        registry.script(TAG_PATH, exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            status(401).to(exchange);
        });
        other.script("/token", bytes("application/json", "{\"token\":\"abc\"}".getBytes(StandardCharsets.UTF_8)));
        registry.script(LAYER_PATH, redirect(307, other.url() + LAYER_PATH));
        ImageSource source = client.image(reference());
        source.resolve(AMD64);
        assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        assertThat(other.requests().getFirst().path())
                .isEqualTo("/token?service=the+registry&scope=repository%3Alibrary%2Fdebian%3Apull");
        assertThat(registry.requests(LAYER_PATH).getFirst().headers()).containsEntry("authorization", "Bearer abc");
        assertThat(other.requests())
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void tokenServerElsewhereIsNotAskedWithoutTls() {
        registry.script(TAG_PATH, exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"http://169.254.169.254/token\"");
            status(401).to(exchange);
        });
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("no token: realm http://169.254.169.254/token is not one of HTTPS");
    }

    @Test
    void redirectsAreBoundedAndChecked() {
        for (int i = 0; i < 20; i++) {
            registry.script(TAG_PATH, redirect(302, TAG_PATH));
        }
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("more than 10 redirects");
        assertThat(registry.requests(TAG_PATH)).hasSize(11);
        String elsewhere = manifestPath(REPOSITORY, "file");
        registry.script(elsewhere, redirect(302, "file:///etc/passwd"));
        assertThatThrownBy(() -> client.image(ImageReference.parse(registry.host() + "/" + REPOSITORY + ":file"))
                        .resolve(AMD64))
                .hasMessageContaining("a redirect to file:///etc/passwd");
    }

    @Test
    void secretsInRedirectsAreNotTold() {
        registry.script(TAG_PATH, redirect(302, "http://user:pass@" + other.host() + "/x?X-Signature=secret"));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("a redirect to http://" + other.host() + "/x?...")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("pass", "secret"));
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

    private ImageReference reference() {
        return ImageReference.parse(registry.host() + "/" + REPOSITORY + ":12");
    }

    private static LocalRegistry.Answer later(int status, String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            status(status).to(exchange);
        };
    }

    private static byte[] read(ImageSource source, Descriptor blob) throws IOException, InterruptedException {
        try (InputStream stream = source.open(blob)) {
            return stream.readAllBytes();
        }
    }

    private static ImageIndex index(Descriptor... manifests) {
        return ImageIndex.of(List.of(manifests), Collections.emptySortedMap());
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
