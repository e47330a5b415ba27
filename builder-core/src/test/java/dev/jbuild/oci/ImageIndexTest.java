package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageIndexTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    @Test
    void bestVariantIsPicked() {
        ImageIndex index = index(on("linux/arm/v5"), on("linux/arm/v7"), on("linux/arm/v6"), on("linux/amd64"));
        assertThat(index.pick(Platform.parse("linux/arm/v7"))).isEqualTo(on("linux/arm/v7"));
        assertThat(index.pick(Platform.parse("linux/arm/v6"))).isEqualTo(on("linux/arm/v6"));
        assertThat(index.pick(Platform.parse("linux/amd64/v3"))).isEqualTo(on("linux/amd64"));
    }

    @Test
    void attestationIsNeverPicked() {
        Descriptor attestation = on("unknown/unknown");
        Descriptor marked = anonymous("marked").withAnnotation("vnd.docker.reference.type", "attestation-manifest");
        assertThat(index(attestation, marked, on("linux/amd64")).pick(AMD64)).isEqualTo(on("linux/amd64"));
        assertThatThrownBy(() -> index(attestation, marked).pick(AMD64))
                .isInstanceOf(NoMatchingPlatformException.class)
                .hasMessage("no image for linux/amd64: the index has no image at all");
        assertThatThrownBy(() -> index(attestation).pick(Platform.of("unknown", "unknown")))
                .isInstanceOf(NoMatchingPlatformException.class);
    }

    @Test
    void missingPlatformListsWhatExists() {
        assertThatThrownBy(() ->
                        index(on("linux/386"), on("windows(10.0.1)/amd64")).pick(AMD64))
                .hasMessage("no image for linux/amd64: there is linux/386, windows(10.0.1)/amd64");
        Descriptor[] many =
                IntStream.range(0, 900).mapToObj(i -> on("linux/cpu" + i)).toArray(Descriptor[]::new);
        assertThatThrownBy(() -> index(many).pick(AMD64)).hasMessageEndingWith("linux/cpu11 and 888 more");
    }

    @Test
    void entryWithoutPlatformIsTheLastResort() {
        Descriptor unstated = anonymous("unstated");
        assertThat(index(unstated, on("linux/amd64")).pick(AMD64)).isEqualTo(on("linux/amd64"));
        assertThat(index(on("linux/386"), unstated).pick(AMD64)).isEqualTo(unstated);
    }

    @Test
    void firstOfEqualsIsPicked() {
        Descriptor second = anonymous("second").withPlatform(AMD64);
        assertThat(index(on("linux/amd64"), second).pick(AMD64)).isEqualTo(on("linux/amd64"));
    }

    private static ImageIndex index(Descriptor... manifests) {
        return ImageIndex.of(List.of(manifests), Collections.emptySortedMap());
    }

    private static Descriptor on(String platform) {
        return anonymous(platform).withPlatform(Platform.parse(platform));
    }

    private static Descriptor anonymous(String content) {
        return Descriptor.of(
                MediaType.OCI_MANIFEST, Digest.ofBytes(content.getBytes(StandardCharsets.UTF_8)), content.length());
    }
}
