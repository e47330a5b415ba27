package dev.jbuild.layer;

import static dev.jbuild.layer.Trees.directory;
import static dev.jbuild.layer.Trees.file;
import static dev.jbuild.layer.Trees.layer;
import static dev.jbuild.layer.Trees.path;
import static dev.jbuild.layer.Trees.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentDigestsTest {
    private static final LayerIndex LAYER = layer(
            directory("d"),
            file("d/a", "one"),
            file("d/b", "one").withHardLink(path("d/a")),
            symlink("d/c", "a"),
            directory("d/e").withMode(0700).withOwner(1, -2),
            file("f", "two")
                    .withMode(04755)
                    .withXattrs(new TreeMap<>(Map.of(ByteString.of("user.x"), ByteString.of("y")))),
            LayerEntry.device(path("n"), EntryType.CHARACTER_DEVICE, 0666, Trees.NOW, LayerEntry.deviceNumber(1, 3)),
            LayerEntry.fifo(path("p"), 0600, Trees.NOW));

    private static Digest subtree(LayerIndex layer, String path) throws IOException {
        MergedTree tree = MergedTree.of(List.of(layer));
        return ContentDigests.ofSubtree(tree, tree.find(path(path)));
    }

    @Test
    void theEncodingNeverChanges() throws IOException {
        var lines = new StringBuilder();
        MergedTree tree = MergedTree.of(List.of(LAYER));
        for (String path : List.of("", "d", "d/a", "d/c", "d/e", "f", "n", "p")) {
            LayerEntry entry = tree.find(path(path));
            lines.append("/" + path).append(" entry ").append(ContentDigests.ofEntry(tree, entry));
            lines.append(" subtree ")
                    .append(ContentDigests.ofSubtree(tree, entry))
                    .append('\n');
        }
        Path golden = Path.of(System.getProperty("jbuild.testdata"), "layer", "content-digests.golden");
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, lines);
        }
        assertThat(lines.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void timesNamesAndLinkStructureDoNotCount() throws IOException {
        var changed = new ArrayList<LayerEntry>();
        for (LayerEntry entry : LAYER.entries()) {
            changed.add(entry.withModified(new Timestamp(5, 6)).withHardLink(null));
        }
        assertThat(subtree(LayerIndex.of(changed), "")).isEqualTo(subtree(LAYER, ""));
        assertThat(subtree(layer(file("other", "one")), "other")).isEqualTo(subtree(LAYER, "d/a"));
    }

    @Test
    void everythingElseCounts() throws IOException {
        Digest before = subtree(LAYER, "d");
        for (LayerEntry entry : List.of(
                file("d/a", "two"),
                file("d/a", "one").withMode(0600),
                file("d/a", "one").withOwner(0, 1),
                file("d/a", "one").withXattrs(new TreeMap<>(Map.of(ByteString.of("user.a"), ByteString.of("b")))),
                symlink("d/c", "b"),
                directory("d/c"),
                file("d/g", ""),
                LayerEntry.whiteout(path("d/a")))) {
            MergedTree tree = MergedTree.of(List.of(LAYER)).with(layer(entry));
            assertThat(ContentDigests.ofSubtree(tree, tree.find(path("d"))))
                    .as(entry.toString())
                    .isNotEqualTo(before);
        }
    }

    @Test
    void aTreeMayBeDeeperThanAStack() throws IOException {
        var entries = new ArrayList<LayerEntry>();
        ByteString deep = ByteString.EMPTY;
        for (int i = 0; i < 5_000; i++) {
            deep = deep.resolve(ByteString.of("d"));
            entries.add(LayerEntry.directory(deep, 0755, 0, 0, Trees.NOW));
        }
        assertThat(subtree(LayerIndex.of(entries), "").hex()).hasSize(64);
    }
}
