package dev.jbuild.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunTest {
    @TempDir
    Path temporary;

    private Store store;
    private Layer base;

    @BeforeEach
    void open() throws Exception {
        Needs.mounts();
        store = Store.open(temporary.resolve("state"));
        Entries entries = new Entries()
                .directory("etc")
                .file("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
                .file("etc/removed", "r")
                .directory("cleared")
                .file("cleared/old", "o")
                .directory("kept")
                .file("kept/file", "k");
        base = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
    }

    @AfterEach
    void close() throws Exception {
        if (store != null) {
            store.close();
        }
    }

    private Layer run(List<Layer> root, String commands) throws Exception {
        try (RunDirectories run = store.layers().newRun(root)) {
            return run(root, run, commands);
        }
    }

    private Layer run(List<Layer> root, RunDirectories run, String commands) throws Exception {
        try (OverlayMount mount = OverlayMount.writable(temporary, store, root, run)) {
            String ignored = mount.run(commands);
        }
        return store.layers().commitRun(run);
    }

    private List<String> paths(Layer layer) throws Exception {
        return store.layers().index(layer).entries().stream()
                .map(entry -> entry.type() + " " + entry.path() + (entry.opaque() ? " opaque" : ""))
                .toList();
    }

    private MergedTree merged(Layer... layers) throws Exception {
        return MergedTree.of(store.layers().indexes(List.of(layers)));
    }

    private LayerEntry find(LayerIndex index, String path) {
        LayerEntry entry = index.find(ByteString.of(path));
        if (entry == null) {
            throw new AssertionError(path);
        }
        return entry;
    }

    @Test
    void aRunIsDiffed() throws Exception {
        Layer layer = run(List.of(base), """
                rm etc/removed
                rm -r cleared; mkdir cleared; echo n > cleared/new
                echo hello > file; ln file link; ln -s /nowhere symlink; mkfifo pipe
                chown 1000:1001 file; chmod 4755 file
                python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
                echo 'u:x:1000:1000::/:/bin/sh' >> etc/passwd
                """);
        assertThat(paths(layer))
                .containsExactly(
                        "DIRECTORY cleared opaque",
                        "FILE cleared/new",
                        "DIRECTORY etc",
                        "FILE etc/passwd",
                        "WHITEOUT etc/removed",
                        "FILE file",
                        "FILE link",
                        "FIFO pipe",
                        "SYMLINK symlink");
        LayerIndex index = store.layers().index(layer);
        assertThat(find(index, "file").mode()).isEqualTo(04755);
        assertThat(find(index, "link").hardLink()).isEqualTo(ByteString.of("file"));
        assertThat(find(index, "link").userId()).isEqualTo(1000);
        assertThat(index.passwd().utf8()).isEqualTo("root:x:0:0::/root:/bin/sh\nu:x:1000:1000::/:/bin/sh\n");
        assertThat(merged(base, layer).children(ByteString.of("cleared")))
                .extracting(entry -> entry.path().utf8())
                .containsExactly("cleared/new");
    }

    @Test
    void theNextRunSeesWhatThisOneDid() throws Exception {
        Layer first = run(List.of(base), "rm etc/removed; rm -r cleared; mkdir cleared; echo 1 > one");
        Layer second = run(List.of(base, first), "ls etc cleared > seen; cat one >> seen; rm one");
        try (var content =
                store.layers().contents(second).open(find(store.layers().index(second), "seen"))) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("cleared:\n\netc:\npasswd\n1\n");
        }
        assertThat(paths(second)).containsExactly("WHITEOUT one", "FILE seen");
        try (OverlayMount mount = OverlayMount.readOnly(temporary, store, List.of(base, first, second))) {
            assertThat(mount.run("find . -type f | sort")).isEqualTo("./etc/passwd\n./kept/file\n./seen");
        }
    }

    @Test
    void aRunThatDoesNothingGivesAnEmptyLayer() throws Exception {
        assertThat(paths(run(List.of(base), "true"))).isEmpty();
        assertThat(paths(run(List.of(), "mkdir x; rmdir x"))).isEmpty();
    }

    @Test
    void theRootIsAnEntryWhenMoreThanItsTimeChanged() throws Exception {
        assertThat(paths(run(List.of(base), "chmod 0700 ."))).containsExactly("DIRECTORY ");
        Layer layer = run(List.of(base), "chmod 0711 .");
        try (RunDirectories next = store.layers().newRun(List.of(base, layer))) {
            assertThat(next.upper().status().mode()).isEqualTo(0711);
        }
    }

    @Test
    void aDirectoryThatALayerOnlyImpliesKeepsItsOwner() throws Exception {
        Entries below =
                new Entries().add(LayerEntry.directory(ByteString.of("home"), 0700, 12, 13, new Timestamp(77, 0)));
        Layer first = store.layers().create(below.index(), below.contents(), LayerStore.Form.TREE);
        Entries above = new Entries().file("home/file", "x");
        Layer second = store.layers().create(above.index(), above.contents(), LayerStore.Form.TREE);
        List<Layer> root = List.of(first, second);
        Layer layer = run(root, "stat -c '%a %u %g %Y' home > seen");
        assertThat(paths(layer)).containsExactly("FILE seen");
        try (var content =
                store.layers().contents(layer).open(find(store.layers().index(layer), "seen"))) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("700 12 13 77\n");
        }
    }

    @Test
    void aDirectoryThatALayerOnlyImpliesIsInTheLayerOfAStepThatUsesIt() throws Exception {
        Entries below = new Entries()
                .add(LayerEntry.directory(ByteString.of("home"), 0700, 12, 13, new Timestamp(77, 0)))
                .directory("home/deep");
        Layer first = store.layers().create(below.index(), below.contents(), LayerStore.Form.TREE);
        Entries above = new Entries().file("home/deep/file", "x");
        Layer second = store.layers().create(above.index(), above.contents(), LayerStore.Form.TREE);
        Layer layer = run(List.of(first, second), "chmod 0711 home");
        assertThat(paths(layer)).containsExactly("DIRECTORY home");
        assertThat(find(store.layers().index(layer), "home").modified()).isEqualTo(new Timestamp(77, 0));
        assertThat(paths(run(List.of(first, second), "rm -r home"))).containsExactly("WHITEOUT home");
    }

    @Test
    void aNameThatMeansDeletionIsRefused() {
        assertThatThrownBy(() -> run(List.of(base), "mkdir d; touch d/.wh.x"))
                .isInstanceOf(LayerException.class)
                .hasMessage("'/d/.wh.x' cannot be in an image: names that begin with '.wh.' mean deletion in a layer");
    }

    @Test
    void aMountedTreeWorksOnWhenItMoves() throws Exception {
        PinnedTrees pinned = store.layers().pinTrees(List.of(base));
        Entries entries = new Entries().file("one", "1\n").directory("deep").file("deep/two", "2\n");
        Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
        Path moved = temporary.resolve("state/v1/layers/" + layer.id().directoryName() + "/tree");
        try (OverlayMount mount = OverlayMount.readOnly(temporary, store, List.of(base, layer));
                Directory tree = open(layer)) {
            assertThat(mount.run("cat one")).isEqualTo("1");
            assertThat(moved).doesNotExist();
            pinned.close();
            store.committer().flush();
            assertThat(moved.resolve("one")).hasContent("1\n");
            assertThat(mount.run("(echo 3 > /proc/sys/vm/drop_caches) 2>/dev/null || true; cat one deep/two; ls kept"))
                    .isEqualTo("1\n2\nfile");
            assertThat(tree.contains(ByteString.of("deep/two"))).isTrue();
        }
    }

    private Directory open(Layer layer) throws Exception {
        try (var handle = store.layers().openTree(layer)) {
            return Directory.open(handle.processPath());
        }
    }

    @Test
    void nothingMovesWhileTreesArePinned() throws Exception {
        try (PinnedTrees pinned = store.layers().pinTrees(List.of(base))) {
            Entries entries = new Entries().file("one", "1");
            Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
            Thread.sleep(1500);
            assertThat(store.state().directory().contains(pinned.paths().getFirst()))
                    .isTrue();
            assertThat(temporary.resolve("state/v1/layers/" + layer.id().directoryName()))
                    .doesNotExist();
        }
        store.committer().flush();
        assertThat(temporary.resolve("state/v1/tmp")).isNotEmptyDirectory();
    }

    @Test
    void anUnfinishedRunLeavesNothing() throws Exception {
        store.committer().flush();
        try (RunDirectories run = store.layers().newRun(List.of(base))) {
            try (var file = run.upper().createFile(ByteString.of("hosts"), 0644)) {
                file.write(new byte[] {1});
            }
        }
        try (var names = java.nio.file.Files.walk(temporary.resolve("state/v1/tmp"))) {
            assertThat(names.filter(name -> name.endsWith("hosts"))).isEmpty();
        }
    }
}
