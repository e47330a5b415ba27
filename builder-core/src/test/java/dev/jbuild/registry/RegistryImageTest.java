package dev.jbuild.registry;

import static dev.jbuild.testing.LocalRegistry.bytes;
import static dev.jbuild.testing.LocalRegistry.chunked;
import static dev.jbuild.testing.LocalRegistry.manifestPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.NoMatchingPlatformException;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.testing.TestImage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// From a name to the documents of an image.
class RegistryImageTest extends RegistryImageFixture {
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

    private static ImageIndex index(Descriptor... manifests) {
        return ImageIndex.of(List.of(manifests), Collections.emptySortedMap());
    }
}
