package dev.jbuild.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.Decompressors;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.state.StateException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LayerStoreTest {
    @TempDir
    Path temporary;

    private Store store;
    private LayerStore layers;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(temporary.resolve("state"));
        layers = store.layers();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private void reopen() throws Exception {
        store.close();
        open();
    }

    private static Entries entries() {
        return new Entries()
                .directory("etc")
                .file("etc/passwd", "root:x:0:0::/:/bin/sh\n")
                .file("a", "x".repeat(5000))
                .add(LayerEntry.symlink(ByteString.of("link"), ByteString.of("etc/passwd"), Entries.TIME))
                .add(LayerEntry.whiteout(ByteString.of("gone")));
    }

    private Path directory(Layer layer) {
        return temporary.resolve("state/v1/layers/" + layer.id().directoryName());
    }

    private byte[] tar(Layer layer) throws Exception {
        var tar = new ByteArrayOutputStream();
        layers.writeTar(layer, tar);
        return tar.toByteArray();
    }

    private String read(Layer layer, String path) throws Exception {
        LayerEntry file = layers.index(layer).find(ByteString.of(path));
        if (file == null) {
            throw new AssertionError(path);
        }
        try (var content = layers.contents(layer).open(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private byte[] unpackedBlob(Descriptor blob) throws Exception {
        try (var stream = store.blobs().open(blob);
                var tar = Decompressors.open(stream)) {
            return tar.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource
    void allFormsOfALayerAgreeHoweverItWasBorn(LayerStore.Form form) throws Exception {
        Needs.mounts();
        Entries entries = entries();
        byte[] expected = PulledLayer.tar(entries);
        Layer layer = layers.create(entries.index(), entries.contents(), form);
        for (int round = 0; round < 2; round++) {
            assertThat(layers.contains(layer.id())).isTrue();
            assertThat(layers.index(layer)).isEqualTo(entries.index());
            assertThat(read(layer, "a")).isEqualTo("x".repeat(5000));
            assertThat(layers.diffId(layer)).isEqualTo(Digest.ofBytes(expected));
            assertThat(tar(layer)).isEqualTo(expected);
            Descriptor gzip = layers.blob(layer, Compression.GZIP);
            assertThat(gzip.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
            assertThat(unpackedBlob(gzip)).isEqualTo(expected);
            Descriptor plain = layers.blob(layer, Compression.NONE);
            assertThat(plain).isEqualTo(Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(expected), expected.length));
            try (var handle = layers.openTree(layer)) {
                assertThat(handle.status().isDirectory()).isTrue();
            }
            assertThat(read(layer, "etc/passwd")).isEqualTo("root:x:0:0::/:/bin/sh\n");
            reopen();
        }
        assertThat(directory(layer)).isDirectoryContaining("glob:**/blob-gzip.json");
    }

    @Test
    void aLayerThatIsThereIsNotMadeAgain() throws Exception {
        Entries entries = entries();
        Layer layer = layers.create(entries.index(), entries.contents(), LayerStore.Form.TAR);
        Layer again = layers.create(
                entries.index(),
                file -> {
                    throw new AssertionError("read again");
                },
                LayerStore.Form.TREE);
        assertThat(again).isEqualTo(layer);
    }

    @Test
    void twoWhoMakeTheSameLayerGiveItBothForms() throws Exception {
        Needs.mounts();
        Entries entries = entries();
        try (Store other = Store.open(temporary.resolve("state"))) {
            Layer first = layers.create(entries.index(), entries.contents(), LayerStore.Form.TREE);
            Layer second = other.layers().create(entries.index(), entries.contents(), LayerStore.Form.TAR);
            assertThat(first).isEqualTo(second);
            store.committer().flush();
            other.committer().flush();
            assertThat(directory(first).resolve("tree/a")).exists();
            assertThat(directory(first).resolve("tar")).exists();
            assertThat(directory(first).resolve("diff.json")).exists();
        }
    }

    @Test
    void aPulledLayerIsReadOnce() throws Exception {
        var pulled = new PulledLayer(entries());
        Layer layer = pulled.layer();
        assertThat(layers.contains(layer.id())).isFalse();
        assertThat(layers.diffId(layer)).isEqualTo(Digest.ofBytes(pulled.tar));
        assertThat(pulled.opened).hasValue(0);
        LayerIndex index = layers.index(layer);
        assertThat(index.id()).isEqualTo(layer.id());
        assertThat(index.entries()).isEqualTo(entries().index().entries());
        assertThat(layers.blob(layer, Compression.NONE)).isEqualTo(pulled.descriptor);
        assertThat(tar(layer)).isEqualTo(pulled.tar);
        reopen();
        assertThat(read(Layer.stored(layer.id()), "a")).isEqualTo("x".repeat(5000));
        assertThat(pulled.opened).hasValue(1);
        assertThat(layers.contains(layer.id())).isTrue();
    }

    @Test
    void manyWhoWantAPulledLayerFetchItOnce() throws Exception {
        Needs.mounts();
        var pulled = new PulledLayer(entries());
        Layer layer = pulled.layer();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Store other = Store.open(temporary.resolve("state"))) {
            var futures = Stream.iterate(0, i -> i + 1)
                    .limit(8)
                    .map(i -> threads.submit(() -> {
                        Store mine = i % 2 == 0 ? store : other;
                        mine.layers().openTree(layer).close();
                        return mine.layers().index(layer);
                    }))
                    .toList();
            for (var future : futures) {
                assertThat(future.get().id()).isEqualTo(layer.id());
            }
        }
        assertThat(pulled.opened).hasValue(1);
        assertThat(directory(layer).resolve("tree/a")).exists();
    }

    private void assertRefused(PulledLayer pulled, Layer layer, String message) throws Exception {
        for (int round = 0; round < 2; round++) {
            boolean tree = round == 0;
            assertThatThrownBy(() -> {
                        if (tree) {
                            layers.openTree(layer).close();
                        } else {
                            Object ignored = layers.index(layer);
                        }
                    })
                    .hasMessageContaining(message);
        }
        assertThat(pulled.opened).hasValue(2);
        assertThat(layers.contains(layer.id())).isFalse();
        assertThat(store.blobs().contains(pulled.descriptor)).isFalse();
        store.committer().flush();
        assertThat(temporary.resolve("state/v1/layers")).isEmptyDirectory();
    }

    @Test
    void whatIsNotTheBlobIsNotSeen() throws Exception {
        var pulled = new PulledLayer(entries());
        byte[] flipped = pulled.gzip.clone();
        flipped[4] ^= 1; // The time in the header: the content is the same.
        pulled.sent = flipped;
        assertRefused(pulled, pulled.layer(), pulled.descriptor.digest() + " has other content");
    }

    @Test
    void aBlobThatGoesOnIsNotSeen() throws Exception {
        var pulled = new PulledLayer(entries());
        pulled.sent = java.util.Arrays.copyOf(pulled.gzip, pulled.gzip.length + 1);
        assertRefused(pulled, pulled.layer(), pulled.descriptor.digest() + " goes on");
    }

    @Test
    void aBlobThatIsCutOffIsNotSeen() throws Exception {
        var pulled = new PulledLayer(entries());
        pulled.sent = java.util.Arrays.copyOf(pulled.gzip, pulled.gzip.length - 1);
        assertRefused(pulled, pulled.layer(), pulled.descriptor.digest() + " ends after");
    }

    @Test
    void anotherDiffIdIsNotBelieved() throws Exception {
        var pulled = new PulledLayer(entries());
        var other = new PulledLayer(new Entries().file("other", "x"));
        assertRefused(
                pulled,
                new Layer(other.layer().id(), pulled),
                Digest.ofBytes(pulled.tar).toString());
    }

    @Test
    void junkBehindTheTarIsPartOfTheDiffId() throws Exception {
        byte[] tar = PulledLayer.tar(entries());
        var pulled = new PulledLayer(java.util.Arrays.copyOf(tar, tar.length + 1024));
        assertThat(layers.index(pulled.layer()).entries()).hasSize(5);
        assertThat(layers.diffId(pulled.layer())).isNotEqualTo(Digest.ofBytes(tar));
    }

    @Test
    void aDamagedBlobIsFetchedAgain() throws Exception {
        var pulled = new PulledLayer(entries());
        Layer layer = pulled.layer();
        LayerIndex index = layers.index(layer);
        store.committer().flush();
        String hex = pulled.descriptor.digest().hex();
        Path blob = temporary.resolve("state/v1/blobs/sha256/" + hex.substring(0, 2) + "/" + hex);
        byte[] flipped = pulled.gzip.clone();
        flipped[flipped.length / 2] ^= 1;
        Files.write(blob, flipped);
        reopen();
        layers.openTree(layer).close();
        assertThat(layers.index(layer)).isEqualTo(index);
        assertThat(pulled.opened).hasValue(2);
        store.committer().flush();
        assertThat(blob).hasBinaryContent(pulled.gzip);
    }

    @Test
    void aDamagedIndexIsMadeAgain() throws Exception {
        var pulled = new PulledLayer(entries());
        Layer layer = pulled.layer();
        LayerIndex index = layers.index(layer);
        store.committer().flush();
        Path file = directory(layer).resolve("index");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 97) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            reopen();
            assertThat(layers.index(layer)).isEqualTo(index);
            store.committer().flush();
            assertThat(file).hasBinaryContent(good);
        }
        assertThat(pulled.opened).as("the blob is still there").hasValue(1);
    }

    @Test
    void swappedLayersAreNotBelieved() throws Exception {
        var first = new PulledLayer(entries());
        var second = new PulledLayer(new Entries().file("other", "x"));
        Object ignored = layers.index(first.layer());
        LayerIndex expected = layers.index(second.layer());
        store.committer().flush();
        Path saved = temporary.resolve("saved");
        Files.move(directory(first.layer()), saved);
        Files.move(directory(second.layer()), directory(first.layer()));
        Files.move(saved, directory(second.layer()));
        reopen();
        assertThat(layers.index(second.layer())).isEqualTo(expected);
        assertThat(layers.index(first.layer()).entries()).hasSize(5);
    }

    @Test
    void aLayerMadeHereThatIsDamagedIsGone() throws Exception {
        Entries entries = entries();
        Layer layer = layers.create(entries.index(), entries.contents(), LayerStore.Form.TAR);
        store.committer().flush();
        Files.write(directory(layer).resolve("index"), new byte[100]);
        reopen();
        assertThatThrownBy(() -> layers.index(layer))
                .isInstanceOf(StateException.class)
                .hasMessage("layer " + layer.id() + " is not in the state directory, or was damaged; "
                        + "run the same build again to make it anew");
        assertThat(layers.contains(layer.id())).isFalse();
    }

    @Test
    void damagedBytesNeverEnterATar() throws Exception {
        Needs.mounts();
        Entries entries = entries();
        for (LayerStore.Form form : LayerStore.Form.values()) {
            Layer layer = layers.create(entries.index(), entries.contents(), form);
            store.committer().flush();
            if (form == LayerStore.Form.TREE) {
                Files.writeString(directory(layer).resolve("tree/a"), "x".repeat(4999) + "y");
            } else {
                Path tar = directory(layer).resolve("tar");
                byte[] bytes = Files.readAllBytes(tar);
                int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("xxxxx");
                bytes[at] = 'y';
                Files.write(tar, bytes);
            }
            assertThatThrownBy(() -> layers.blob(layer, Compression.GZIP))
                    .isInstanceOf(StateException.class)
                    .hasMessage(
                            "layer " + layer.id()
                                    + " is damaged: '/a' has other bytes than it had; it was set aside, run the same build again");
            assertThat(layers.contains(layer.id())).isFalse();
            reopen();
        }
    }

    @Test
    void aTreeThatWasDamagedIsMadeAgainAfterVerifying() throws Exception {
        Needs.mounts();
        var pulled = new PulledLayer(entries());
        Layer layer = pulled.layer();
        layers.openTree(layer).close();
        store.committer().flush();
        layers.verify(layer);
        Files.writeString(directory(layer).resolve("tree/a"), "short");
        assertThatThrownBy(() -> layers.verify(layer)).isInstanceOf(StateException.class);
        assertThat(read(layer, "a")).isEqualTo("x".repeat(5000));
        assertThat(pulled.opened).hasValue(1);
    }

    @Test
    void aScratchFileHasNoName() throws Exception {
        try (var file = layers.newScratchFile()) {
            file.write(new byte[] {1, 2});
            assertThat(file.status().links()).isZero();
        }
        try (var names = Files.walk(temporary.resolve("state/v1/tmp"), 2)) {
            assertThat(names).hasSize(2);
        }
    }
}
