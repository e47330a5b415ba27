package dev.jbuild.layer;

import static dev.jbuild.layer.LayerTars.readLayer;
import static dev.jbuild.layer.LayerTars.write;
import static dev.jbuild.layer.Trees.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTarTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jbuild.layer.LayerIndexTest#seeds")
    void whatIsWrittenIsReadAsTheSameIndex(int seed) throws IOException {
        var random = new Random(seed);
        var store = new Trees.Store();
        List<LayerEntry> entries = Trees.randomEntries(random, store, true, true);
        LayerIndex index = LayerIndex.of(entries);
        byte[] tar = write(index, store);
        assertThat(readLayer(tar).index().entries()).isEqualTo(index.entries());
        Collections.shuffle(entries, random);
        assertThat(write(LayerIndex.of(entries), store)).isEqualTo(tar);
        LayerTar.Offsets offsets = LayerTar.offsets(index);
        assertThat(offsets.size()).isEqualTo(tar.length);
        for (LayerEntry entry : entries) {
            if (entry.isFile()) {
                int start = (int) offsets.of(entry.path());
                assertThat(Arrays.copyOfRange(tar, start, start + (int) entry.size()))
                        .isEqualTo(store.bytesOf(entry));
            }
        }
    }

    /// What turns one tree into another: the layer that a step would leave.
    private static LayerIndex difference(Map<ByteString, LayerEntry> from, Map<ByteString, LayerEntry> to) {
        var changes = new TreeMap<ByteString, LayerEntry>();
        to.forEach((path, entry) -> {
            if (!entry.equals(from.get(path))) {
                changes.put(path, entry);
            }
        });
        from.forEach((path, entry) -> {
            LayerEntry above = to.get(path.parent());
            if (!to.containsKey(path) && (path.parent().isEmpty() || (above != null && above.isDirectory()))) {
                changes.put(path, LayerEntry.whiteout(path));
            }
        });
        return LayerIndex.of(changes.values());
    }

    private static Map<ByteString, LayerEntry> tree(Random random, Trees.Store store, boolean devices) {
        var tree = new TreeMap<ByteString, LayerEntry>();
        for (LayerEntry entry : Trees.randomEntries(random, store, false, devices)) {
            tree.put(entry.path(), entry.isFile() ? entry.withHardLink(null) : entry);
        }
        tree.keySet().removeIf(path -> !path.parent().isEmpty() && !hasAllParents(tree, path));
        return tree;
    }

    private static boolean hasAllParents(Map<ByteString, LayerEntry> tree, ByteString path) {
        for (ByteString above = path.parent(); !above.isEmpty(); above = above.parent()) {
            if (!tree.containsKey(above)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jbuild.layer.LayerIndexTest#seeds")
    void applyingADifferenceGivesTheOtherTree(int seed) throws IOException {
        var random = new Random(seed);
        var store = new Trees.Store();
        Map<ByteString, LayerEntry> from = tree(random, store, true);
        Map<ByteString, LayerEntry> to = tree(random, store, true);
        LayerIndex first = readLayer(write(LayerIndex.of(from.values()), store)).index();
        LayerIndex second = readLayer(write(difference(from, to), store)).index();
        MergedTree merged = MergedTree.of(List.of(first, second));
        var found = new TreeMap<ByteString, LayerEntry>();
        MergedTreeTest.walk(merged, ByteString.EMPTY, found);
        assertThat(found).isEqualTo(to);
    }

    @Test
    void headersAreNoLargerThanNeeded() throws IOException {
        var store = new Trees.Store();
        LayerIndex plain = LayerIndex.of(List.of(
                Trees.directory(""),
                store.file("a".repeat(100), ""),
                store.file("d".repeat(155) + "/" + "f".repeat(100), "x"),
                store.file("e", "").withOwner(2_097_151, 2_097_151),
                Trees.symlink("l", "t".repeat(100)).withModified(Timestamp.ofSeconds((1L << 33) - 1))));
        assertThat(write(plain, store)).hasSize(512 * (5 + 1 + 2));
        for (LayerEntry entry : List.of(
                store.file("a".repeat(101), ""),
                store.file("d".repeat(156) + "/f", ""),
                store.file("ä", ""),
                store.file("e", "").withOwner(2_097_152, 0),
                store.file("e", "").withModified(new Timestamp(1, 1)),
                store.file("e", "").withModified(new Timestamp(-1, 0)),
                Trees.symlink("l", "t".repeat(101)),
                Trees.symlink("l", "ö"))) {
            assertThat(write(LayerIndex.of(List.of(entry)), store)).hasSize(512 * (1 + 2 + 2));
        }
    }

    @Test
    void theBytesOfATarNeverChange() throws IOException {
        var store = new Trees.Store();
        var entries = new ArrayList<LayerEntry>();
        for (int seed = 0; seed < 20; seed++) {
            var prefix = ByteString.of("seed-" + seed);
            entries.add(LayerEntry.directory(prefix, 0755, 0, 0, Trees.NOW));
            for (LayerEntry entry : Trees.randomEntries(new Random(seed), store, true, true)) {
                ByteString first = entry.hardLink();
                entries.add(entry.withPath(prefix.resolve(entry.path()))
                        .withHardLink(first == null ? null : prefix.resolve(first)));
            }
        }
        LayerIndex index = LayerIndex.of(entries);
        String lines = "index " + index.id() + "\ntar " + Digest.ofBytes(write(index, store)) + "\n";
        Path golden = Path.of(System.getProperty("jbuild.testdata"), "layer", "layer-tar.golden");
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, lines);
        }
        assertThat(lines).isEqualTo(Files.readString(golden));
    }

    @Test
    void contentThatIsNotWhatTheIndexSaysIsAnError() {
        LayerIndex index = LayerIndex.of(List.of(Trees.file("a/b", "abc")));
        Map<String, String> problems = Map.of(
                "ab", "2 bytes instead of 3",
                "abcd", "longer than 3",
                "abd", Digest.ofBytes(Trees.bytes("abd")) + " instead of " + Digest.ofBytes(Trees.bytes("abc")));
        problems.forEach((content, problem) -> assertThatThrownBy(
                        () -> write(index, file -> new ByteArrayInputStream(Trees.bytes(content))))
                .isInstanceOf(IOException.class)
                .hasMessage("content of '/a/b' is not what its layer says: " + problem));
    }

    @Test
    @Timeout(60)
    void moreThanEightGibibytesKeepTheirSize() throws IOException {
        // Only the headers are looked at: as many zeros are neither hashed nor written.
        long size = (8L << 30) + 5;
        LayerEntry large = LayerEntry.file(path("large"), 0644, Trees.NOW, size, Digest.ofBytes(new byte[0]));
        byte[] headers = TarHeaderWriter.headers(large);
        var reader = new TarReader(new ByteArrayInputStream(headers));
        assertThat(reader.next().size()).isEqualTo(size);
        byte[] headerAlone = Arrays.copyOfRange(headers, headers.length - 512, headers.length);
        assertThat(new TarReader(new ByteArrayInputStream(headerAlone)).next().size())
                .isEqualTo(size);
        assertThat(LayerTar.offsets(LayerIndex.of(List.of(large))).size()).isEqualTo(512 * 3 + size + 507 + 1024);
    }

    @Test
    void attributesWithoutAPaxNameAreRefused() {
        LayerEntry entry = Trees.file("a", "").withXattrs(new TreeMap<>(Map.of(ByteString.of("user.a=b"), path("x"))));
        assertThatThrownBy(() -> write(LayerIndex.of(List.of(entry)), new Trees.Store()))
                .isInstanceOf(LayerException.class)
                .hasMessage("no layer can hold the extended attribute 'user.a=b' of 'a': it has '=' in its name");
    }

    @Test
    @Timeout(120)
    void speedOfManySmallFiles() throws IOException {
        var entries = new ArrayList<LayerEntry>();
        byte[] content = new byte[4_000];
        new Random(1).nextBytes(content);
        Digest digest = Digest.ofBytes(content);
        for (int i = 0; i < 20_000; i++) {
            entries.add(LayerEntry.file(
                    path("usr/share/doc/package-" + i / 50 + "/file-" + i % 50),
                    0644,
                    Trees.NOW,
                    content.length,
                    digest));
        }
        LayerIndex index = LayerIndex.of(entries);
        for (int round = 0; round < 3; round++) {
            var hash = Digest.newHash();
            long start = System.nanoTime();
            LayerTar.write(index, file -> new ByteArrayInputStream(content), new HashOutput(hash));
            long written = System.nanoTime();
            Digest.finish(hash);
            System.out.println(
                    "PRINT tar and SHA-256 of 20,000 files of 4,000 bytes: " + (written - start) / 1_000_000 + " ms");
        }
        var tar = new ByteArrayOutputStream(100 << 20);
        LayerTar.write(index, file -> new ByteArrayInputStream(content), tar);
        byte[] bytes = tar.toByteArray();
        Digest diffId = Digest.ofBytes(bytes);
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            LayerReader.readLayer(new ByteArrayInputStream(bytes), diffId, LayerSink.NOTHING, TarLimits.DEFAULT);
            System.out.println("PRINT reading it back: " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    private static final class HashOutput extends OutputStream {
        private final java.security.MessageDigest hash;

        HashOutput(java.security.MessageDigest hash) {
            this.hash = hash;
        }

        @Override
        public void write(int value) {
            hash.update((byte) value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            hash.update(bytes, offset, length);
        }
    }

    @Test
    void filesAreClosedAlsoWhenWritingFails() {
        LayerIndex index = LayerIndex.of(List.of(Trees.file("a", "abc")));
        boolean[] closed = new boolean[1];
        InputStream content = new ByteArrayInputStream(Trees.bytes("abc")) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        var full = new OutputStream() {
            private int left = 512;

            @Override
            public void write(int value) throws IOException {
                if (left-- == 0) {
                    throw new IOException("no space left on device");
                }
            }
        };
        assertThatThrownBy(() -> LayerTar.write(index, file -> content, full)).hasMessage("no space left on device");
        assertThat(closed[0]).isTrue();
    }
}
