package dev.jbuild.layer;

import static dev.jbuild.layer.Trees.directory;
import static dev.jbuild.layer.Trees.file;
import static dev.jbuild.layer.Trees.layer;
import static dev.jbuild.layer.Trees.path;
import static dev.jbuild.layer.Trees.symlink;
import static dev.jbuild.layer.Trees.whiteout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerIndexTest {
    static IntStream seeds() {
        return Integer.getInteger("jbuild.seed") == null
                ? IntStream.range(0, 200)
                : IntStream.of(Integer.getInteger("jbuild.seed"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decodingGivesBackWhatWasEncodedInAnyOrder(int seed) throws IOException {
        var random = new Random(seed);
        List<LayerEntry> entries = Trees.randomEntries(random, new Trees.Store(), true, true);
        LayerIndex index = LayerIndex.of(entries);
        Collections.shuffle(entries, random);
        assertThat(LayerIndex.of(entries).encode()).isEqualTo(index.encode());
        LayerIndex decoded = LayerIndex.decode(index.encode());
        entries.sort(Comparator.comparing(LayerEntry::path));
        assertThat(decoded.entries()).isEqualTo(entries);
        assertThat(decoded).isEqualTo(index);
        assertThat(decoded.id()).isEqualTo(index.id());
        for (LayerEntry entry : entries) {
            assertThat(decoded.find(entry.path())).isEqualTo(entry);
            assertThat(Trees.paths(decoded.below(entry.path())))
                    .isEqualTo(entries.stream()
                            .map(LayerEntry::path)
                            .filter(path -> path.isBelowOrSame(entry.path()) && !path.equals(entry.path()))
                            .map(ByteString::toString)
                            .toList());
        }
    }

    @Test
    void anyFlippedByteIsNoticed() {
        byte[] encoded =
                layer(directory("a"), file("a/b", "x"), symlink("a/c", "b")).encode();
        for (int i = 0; i < encoded.length; i++) {
            byte[] damaged = encoded.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> LayerIndex.decode(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("layer index is damaged: ");
        }
        for (int length = 0; length < encoded.length; length++) {
            byte[] shorter = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> LayerIndex.decode(shorter)).isInstanceOf(IOException.class);
        }
    }

    /// What the checksum cannot catch: bytes made to deceive.
    @Test
    void rehashedNonsenseIsRefusedWithoutAnotherException() {
        var random = new Random(1);
        byte[] encoded = layer(
                        directory("a"),
                        file("a/b", "x"),
                        file("a/c", "x").withHardLink(path("a/b")),
                        symlink("a/d", "b"),
                        whiteout("e"))
                .encode();
        for (int round = 0; round < 20_000; round++) {
            byte[] body = Arrays.copyOf(encoded, encoded.length - 32 - random.nextInt(2) * random.nextInt(40));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) (random.nextInt(3) == 0 ? -1 : random.nextInt(256));
            }
            byte[] damaged = Arrays.copyOf(body, body.length + 32);
            System.arraycopy(Digest.ofBytes(body).bytes(), 0, damaged, body.length, 32);
            try {
                LayerIndex accepted = LayerIndex.decode(damaged);
                assertThat(LayerIndex.of(accepted.entries(), accepted.accounts())
                                .entries())
                        .isEqualTo(accepted.entries());
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("layer index is damaged: ");
            }
        }
    }

    @Test
    void theIdIsTheHashOfTheBytesAndOfAPulledLayerItsDiffId() throws IOException {
        LayerIndex made = layer(file("a", "x"));
        byte[] encoded = made.encode();
        byte[] body = Arrays.copyOf(encoded, encoded.length - 32);
        assertThat(made.id().toString()).isEqualTo("i:" + Digest.ofBytes(body).hex());
        Digest diffId = Digest.ofBytes(new byte[0]);
        LayerIndex pulled = LayerIndex.ofPulled(made.entries(), AccountFiles.NONE, diffId);
        assertThat(LayerIndex.decode(pulled.encode()).id()).hasToString("d:" + diffId.hex());
        assertThat(LayerId.parse(made.id().toString())).isEqualTo(made.id());
        assertThat(LayerId.ofDirectoryName(made.id().directoryName())).isEqualTo(made.id());
        assertThatThrownBy(() -> LayerId.parse("i:../../x")).hasMessageContaining("'../../x'");
    }

    @Test
    void timesArePartOfTheId() {
        assertThat(layer(file("a", "x").withModified(Timestamp.EPOCH)).id())
                .isNotEqualTo(layer(file("a", "x")).id());
    }

    @Test
    void accountFilesTravelWithTheIndex() throws IOException {
        var accounts = new AccountFiles(ByteString.of("root:x:0:0::/root:/bin/sh\n"), null);
        LayerIndex index = LayerIndex.of(List.of(), accounts);
        LayerIndex decoded = LayerIndex.decode(index.encode());
        assertThat(decoded.passwd()).isEqualTo(accounts.passwd());
        assertThat(decoded.group()).isNull();
    }

    static Stream<List<LayerEntry>> impossibleLayers() {
        return Stream.of(
                List.of(file("a", ""), file("a", "")),
                List.of(file("a", ""), file("a-b", ""), file("a/b", "")),
                List.of(whiteout("a"), file("a/b/c", "")),
                List.of(symlink("a", "b"), file("a/b", "")),
                List.of(file("b", "").withHardLink(path("a"))),
                List.of(directory("a"), file("b", "").withHardLink(path("a"))),
                List.of(LayerEntry.file(path("a"), 0644, Timestamp.EPOCH, 0, null)));
    }

    @ParameterizedTest
    @MethodSource("impossibleLayers")
    void impossibleLayersAreRefused(List<LayerEntry> entries) {
        assertThatThrownBy(() -> LayerIndex.of(entries)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileNamedLikeAWhiteoutCannotBeKept() {
        for (String name : List.of(".wh.x", ".wh..wh..opq", ".wh.", "a/.wh.b/c")) {
            assertThatThrownBy(() -> layer(file(name, "x")))
                    .isInstanceOf(LayerException.class)
                    .hasMessage("'" + name + "' cannot be kept in an image: names that begin with '.wh.' mean deletion"
                            + " there, so rename it");
        }
        assertThat(layer(file(".wh", "x"), file("a.wh.b", "x"), file(".who", "x"))
                        .entries())
                .hasSize(3);
    }

    @Test
    void directoriesWithoutAnEntryAreImplied() {
        LayerIndex index = layer(file("a/b/c", ""), directory("a"), file("x/y", ""), file("x/z/w/v", ""));
        assertThat(index.impliedDirectories()).containsExactly(path("a/b"), path("x"), path("x/z"), path("x/z/w"));
    }

    @Test
    void twoHundredThousandEntriesAreReadQuickly() throws IOException {
        var entries = new ArrayList<LayerEntry>();
        for (int i = 0; i < 200_000; i++) {
            entries.add(file("usr/share/some/package-" + i / 100 + "/file-" + i % 100, ""));
        }
        byte[] encoded = LayerIndex.of(entries).encode();
        long start = System.nanoTime();
        LayerIndex index = LayerIndex.decode(encoded);
        long decoded = System.nanoTime();
        int found = 0;
        for (LayerEntry entry : entries) {
            found += index.find(entry.path()) == null ? 0 : 1;
        }
        long searched = System.nanoTime();
        assertThat(found).isEqualTo(200_000);
        System.out.println("PRINT index of 200,000 entries: " + encoded.length + " bytes, decoded in "
                + (decoded - start) / 1_000_000 + " ms, all found one by one in " + (searched - decoded) / 1_000_000
                + " ms");
    }
}
