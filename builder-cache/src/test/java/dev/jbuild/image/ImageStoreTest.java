package dev.jbuild.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path temporary;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(temporary.resolve("state"));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static Descriptor descriptor(MediaType type, String content) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Descriptor.of(type, Digest.ofBytes(bytes), bytes.length);
    }

    private static LocalImage image(String config) {
        return new LocalImage(
                descriptor(MediaType.OCI_CONFIG, config),
                List.of(
                        new ImageLayer(
                                LayerId.parse("d:" + "a".repeat(64)),
                                descriptor(MediaType.OCI_LAYER_GZIP, "blob"),
                                "docker.io/library/debian:12"),
                        new ImageLayer(LayerId.parse("i:" + "b".repeat(64)), null, null)),
                NOW);
    }

    @Test
    void aTagIsFoundAtOnceAndAfterItIsDurable() throws Exception {
        store.images().tag("docker.io/library/app:1", image("one"));
        assertThat(store.images().find("docker.io/library/app:1")).contains(image("one"));
        store.committer().flush();
        assertThat(store.images().find("docker.io/library/app:1")).contains(image("one"));
        assertThat(store.images().find("docker.io/library/app:2")).isEmpty();
        assertThat(store.images().list()).containsOnlyKeys("docker.io/library/app:1");
    }

    @Test
    void aTagMoves() throws Exception {
        store.images().tag("a", image("one"));
        store.images().tag("b", image("one"));
        store.images().tag("a", image("two"));
        store.committer().flush();
        assertThat(store.images().list()).isEqualTo(java.util.Map.of("a", image("two"), "b", image("one")));
        assertThat(store.images().remove("a")).isTrue();
        assertThat(store.images().remove("a")).isFalse();
        assertThat(store.images().find("a")).isEmpty();
    }

    @Test
    void theSameImageOnceMoreIsNotWritten() throws Exception {
        store.images().tag("a", image("one"));
        store.committer().flush();
        var later = new LocalImage(image("one").config(), image("one").layers(), NOW.plusSeconds(60));
        store.images().tag("a", later);
        store.committer().flush();
        assertThat(store.images().find("a")).contains(image("one"));
    }

    @Test
    void pinsAndImagesDoNotMeet() throws Exception {
        var pin = new Pin(descriptor(MediaType.OCI_INDEX, "index"), NOW);
        store.pins().put("a", pin);
        store.images().tag("a", image("one"));
        store.committer().flush();
        assertThat(store.pins().find("a")).contains(pin);
        assertThat(store.images().find("a")).contains(image("one"));
        assertThat(store.images().list()).hasSize(1);
    }

    @Test
    void aSwappedOrDamagedFileIsNotBelieved() throws Exception {
        store.images().tag("a", image("one"));
        store.images().tag("b", image("two"));
        store.committer().flush();
        Path refs = temporary.resolve("state/v1/refs");
        List<Path> files;
        try (var list = Files.list(refs)) {
            files = list.toList();
        }
        byte[] first = Files.readAllBytes(files.get(0));
        byte[] second = Files.readAllBytes(files.get(1));
        Files.write(files.get(0), second);
        Files.write(files.get(1), first);
        assertThat(store.images().find("a")).isEmpty();
        assertThat(store.images().find("b")).isEmpty();
        Files.write(files.get(0), java.util.Arrays.copyOf(first, 10));
        assertThat(store.images().list()).hasSize(1);
    }
}
