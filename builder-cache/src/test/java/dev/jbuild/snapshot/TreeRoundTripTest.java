package dev.jbuild.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRoundTripTest {
    private static final LayerEntry ROOT = LayerEntry.directory(ByteString.EMPTY, 0755, 0, 0, Timestamp.EPOCH);

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

    private LayerIndex readBack(Layer layer) throws Exception {
        try (var handle = store.layers().openTree(layer);
                Directory tree = Directory.open(handle.processPath())) {
            return UpperDirectory.read(tree, OverlayMarks.TRUSTED, ROOT);
        }
    }

    private static ByteString bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.ofBytes(bytes);
    }

    private static TreeMap<ByteString, ByteString> attributes(String name, ByteString value) {
        var attributes = new TreeMap<ByteString, ByteString>();
        attributes.put(ByteString.of(name), value);
        return attributes;
    }

    private static Entries everything() {
        var capability = bytes(1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        var strange = ByteString.of("etc/").concat(bytes(0xff, '\\', '\n', 0xc3));
        return new Entries()
                .directory("etc")
                .file("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
                .file("etc-", "sorts between etc and etc/passwd")
                .add(LayerEntry.file(strange, 0, new Timestamp(-5, 1), 0, null), new byte[0])
                .add(LayerEntry.directory(ByteString.of("locked"), 0, 1234, 5678, Entries.TIME)
                        .withXattrs(attributes("user.note", ByteString.of("hello"))))
                .file("locked/inside", "x")
                .add(LayerEntry.directory(ByteString.of("opaque"), 07777, 7, 8, Entries.TIME)
                        .withOpaque(true))
                .file("opaque/deep", "y")
                .add(
                        LayerEntry.file(ByteString.of("setuid"), 06755, Entries.TIME, 0, null)
                                .withOwner(1000, 65_537)
                                .withXattrs(attributes("security.capability", capability)),
                        "program".getBytes(StandardCharsets.UTF_8))
                .add(LayerEntry.symlink(ByteString.of("link"), bytes('/', 0xfe), Entries.TIME)
                        .withOwner(3, 4))
                .add(LayerEntry.fifo(ByteString.of("pipe"), 0622, Entries.TIME))
                .add(LayerEntry.device(
                        ByteString.of("null"),
                        EntryType.CHARACTER_DEVICE,
                        0666,
                        Entries.TIME,
                        LayerEntry.deviceNumber(1, 3)))
                .add(LayerEntry.device(
                        ByteString.of("disk"),
                        EntryType.BLOCK_DEVICE,
                        0660,
                        Entries.TIME,
                        LayerEntry.deviceNumber(259, 70_000)))
                .add(LayerEntry.whiteout(ByteString.of("gone")))
                .add(LayerEntry.whiteout(ByteString.of("etc/gone")));
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        Needs.mounts();
        Entries entries = everything();
        Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
        LayerIndex index = store.layers().index(layer);
        assertThat(index.find(ByteString.of("etc/passwd")).contentDigest()).isNotNull();
        assertThat(index.passwd()).isEqualTo(ByteString.of("root:x:0:0::/root:/bin/sh\n"));
        assertThat(readBack(layer)).isEqualTo(index);
        assertThat(index.entries()).hasSize(entries.list().size());
    }

    @Test
    void hardLinksAreOneFile() throws Exception {
        var first = LayerEntry.file(ByteString.of("a"), 0644, Entries.TIME, 0, null);
        Entries entries = new Entries()
                .add(first, "bytes".getBytes(StandardCharsets.UTF_8))
                .directory("b");
        LayerEntry linked = entries.list().getFirst();
        entries.add(new LayerEntry(
                ByteString.of("b/link"),
                linked.type(),
                linked.mode(),
                0,
                0,
                linked.size(),
                linked.modified(),
                linked.linkTarget(),
                0,
                false,
                linked.xattrs(),
                linked.contentDigest(),
                first.path()));
        Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
        assertThat(readBack(layer)).isEqualTo(store.layers().index(layer));
        try (var handle = store.layers().openTree(layer);
                Directory tree = Directory.open(handle.processPath())) {
            assertThat(tree.status(ByteString.of("a")).links()).isEqualTo(2);
        }
    }

    @Test
    void randomTreesAreReadBack() throws Exception {
        Needs.mounts();
        for (int seed = 0; seed < 20; seed++) {
            Entries entries = random(new Random(seed));
            Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
            assertThat(readBack(layer))
                    .as("seed " + seed)
                    .isEqualTo(store.layers().index(layer));
        }
    }

    private static Entries random(Random random) {
        var entries = new Entries();
        fill(entries, ByteString.EMPTY, random, 0);
        return entries;
    }

    private static void fill(Entries entries, ByteString parent, Random random, int depth) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            ByteString path = parent.resolve(ByteString.of("n" + i + (random.nextBoolean() ? "-" : ".é")));
            var time = new Timestamp(random.nextInt(), random.nextInt(1_000_000_000));
            int mode = random.nextInt(010000);
            switch (random.nextInt(depth < 4 ? 5 : 3)) {
                case 0 -> entries.add(LayerEntry.symlink(path, ByteString.of("../x"), time));
                case 1 -> entries.add(LayerEntry.whiteout(path));
                case 2 -> {
                    var content = new byte[random.nextInt(200_000)];
                    random.nextBytes(content);
                    entries.add(LayerEntry.file(path, mode, time, 0, null).withOwner(random.nextInt(), 9), content);
                }
                default -> {
                    entries.add(LayerEntry.directory(path, mode, random.nextInt(9), 5, time)
                            .withOpaque(random.nextBoolean()));
                    fill(entries, path, random, depth + 1);
                }
            }
        }
    }

    @Test
    void aFileThatChangedIsNotTaken() {
        Entries entries = new Entries().file("a", "before");
        assertThatThrownBy(() -> store.layers()
                        .create(
                                entries.index(),
                                file -> new ByteArrayInputStream("after!".getBytes(StandardCharsets.UTF_8)),
                                LayerStore.Form.TREE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("content of '/a' is not what its layer says: sha256:");
        assertThat(temporary.resolve("state/v1/layers")).isEmptyDirectory();
    }

    @Test
    void directoriesThatNoEntryDescribesHaveDefaults() throws Exception {
        Entries entries = new Entries().file("a/b/c", "x");
        Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
        try (var handle = store.layers().openTree(layer);
                Directory tree = Directory.open(handle.processPath())) {
            var status = tree.status(ByteString.of("a"));
            assertThat(status.mode()).isEqualTo(0755);
            assertThat(status.mtimeSeconds()).isZero();
        }
        assertThat(store.layers().index(layer).entries()).hasSize(1);
    }

    @Test
    void whatIsRemovedCanBeMadeAnew() throws Exception {
        Path place = Files.createDirectory(temporary.resolve("tree"));
        try (Directory tree = Directory.open(ByteString.of(place.toString()));
                TreeWriter writer = new TreeWriter(tree, OverlayMarks.TRUSTED)) {
            writer.file(file("d/x"), content("1"));
            writer.remove(ByteString.of("d/x"));
            writer.file(file("d/x"), content("2"));
            writer.directory(ByteString.of("g"));
            writer.file(file("g/a/b"), content("b"));
            writer.file(file("g0"), content("beside"));
            writer.file(file("g-"), content("beside"));
            writer.remove(ByteString.of("g"));
            writer.file(file("g"), content("now a file"));
            writer.finish(LayerIndex.of(List.of()));
        }
        assertThat(place.resolve("d/x")).hasContent("2");
        assertThat(place.resolve("g")).hasContent("now a file");
        assertThat(place.resolve("g0")).hasContent("beside");
        assertThat(place.resolve("g-")).hasContent("beside");
    }

    @Test
    void noLinkIsFollowed() throws Exception {
        Path place = Files.createDirectory(temporary.resolve("tree"));
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        try (Directory tree = Directory.open(ByteString.of(place.toString()));
                TreeWriter writer = new TreeWriter(tree, OverlayMarks.TRUSTED)) {
            writer.node(LayerEntry.symlink(ByteString.of("s"), ByteString.of(outside.toString()), Entries.TIME));
            assertThatThrownBy(() -> writer.file(file("s/x"), content("x"))).isInstanceOf(IOException.class);
        }
        assertThat(outside).isEmptyDirectory();
    }

    private static LayerEntry file(String path) {
        return LayerEntry.file(ByteString.of(path), 0644, Entries.TIME, 0, null);
    }

    private static ByteArrayInputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aUserNamespaceMarksWithUserAttributes() throws Exception {
        Path place = Files.createDirectory(temporary.resolve("tree"));
        try (Directory tree = Directory.open(ByteString.of(place.toString()));
                TreeWriter writer = new TreeWriter(tree, OverlayMarks.USER)) {
            writer.finish(LayerIndex.of(List.of(
                    LayerEntry.directory(ByteString.of("d"), 0755, 0, 0, Entries.TIME)
                            .withOpaque(true),
                    LayerEntry.whiteout(ByteString.of("w")))));
            assertThat(Xattrs.read(tree, ByteString.of("d")))
                    .containsEntry(ByteString.of("user.overlay.opaque"), ByteString.of("y"));
            assertThat(tree.status(ByteString.of("w")).type()).isEqualTo(FileType.CHARACTER_DEVICE);
            assertThat(UpperDirectory.read(tree, OverlayMarks.USER, ROOT).entries())
                    .extracting(LayerEntry::opaque)
                    .isEqualTo(List.of(true, false));
        }
    }
}
