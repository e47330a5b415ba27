package dev.jbuild.layer;

import static dev.jbuild.layer.Trees.directory;
import static dev.jbuild.layer.Trees.file;
import static dev.jbuild.layer.Trees.layer;
import static dev.jbuild.layer.Trees.opaque;
import static dev.jbuild.layer.Trees.path;
import static dev.jbuild.layer.Trees.paths;
import static dev.jbuild.layer.Trees.symlink;
import static dev.jbuild.layer.Trees.whiteout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergedTreeTest {
    private static MergedTree merged(LayerIndex... bottomFirst) {
        return MergedTree.of(List.of(bottomFirst));
    }

    @Test
    void theTopmostLayerDecides() {
        LayerIndex bottom = layer(directory("a"), file("a/b", "old"), file("a/c", "c"));
        LayerIndex top = layer(directory("a"), file("a/b", "new"), file("a/d", "d"));
        MergedTree tree = merged(bottom, top);
        assertThat(tree.find(path("a/b"))).isEqualTo(file("a/b", "new"));
        assertThat(paths(tree.children(path("a")))).containsExactly("a/b", "a/c", "a/d");
        assertThat(tree.layerOf(file("a/b", "new"))).isSameAs(top);
        assertThat(tree.layerOf(file("a/c", "c"))).isSameAs(bottom);
        assertThatThrownBy(() -> tree.layerOf(file("a/b", "old"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWhiteoutHidesThePathAndAllBelow() {
        MergedTree tree = merged(layer(directory("a"), directory("a/b"), file("a/b/c", "")), layer(whiteout("a/b")));
        assertThat(tree.find(path("a/b"))).isNull();
        assertThat(tree.find(path("a/b/c"))).isNull();
        assertThat(tree.children(path("a"))).isEmpty();
        assertThat(tree.children(path("a/b"))).isEmpty();
    }

    @Test
    void anOpaqueDirectoryHidesOnlyWhatIsBelow() {
        MergedTree tree =
                merged(layer(directory("a"), file("a/b", ""), file("c", "")), layer(opaque("a"), file("a/d", "")));
        assertThat(tree.find(path("a"))).isEqualTo(directory("a"));
        assertThat(tree.find(path("a/b"))).isNull();
        assertThat(paths(tree.children(path("a")))).containsExactly("a/d");
        assertThat(paths(tree.children(path("")))).containsExactly("a", "c");
    }

    @Test
    void anOpaqueRootHidesEverything() {
        MergedTree tree = merged(layer(directory("a"), file("a/b", "")), layer(opaque(""), file("c", "")));
        assertThat(paths(tree.children(path("")))).containsExactly("c");
        assertThat(tree.find(path("a/b"))).isNull();
    }

    @Test
    void whatIsNoDirectoryHidesWhatIsBelow() {
        LayerIndex bottom = layer(directory("a"), file("a/b", ""));
        for (LayerEntry above : List.of(file("a", ""), symlink("a", "x"))) {
            MergedTree tree = merged(bottom, layer(above));
            assertThat(tree.find(path("a"))).isEqualTo(above);
            assertThat(tree.find(path("a/b"))).isNull();
            assertThat(tree.children(path("a"))).isEmpty();
        }
        MergedTree directoryAgain = merged(bottom, layer(file("a", "")), layer(directory("a"), file("a/c", "")));
        assertThat(paths(directoryAgain.children(path("a")))).containsExactly("a/c");
    }

    @Test
    void anImpliedDirectoryTakesItsAttributesFromBelow() {
        LayerEntry described = LayerEntry.directory(path("a"), 0700, 1, 2, Trees.NOW);
        LayerIndex implying = layer(file("a/b", ""));
        assertThat(merged(layer(described), implying).find(path("a"))).isEqualTo(described);
        LayerEntry invented = LayerEntry.directory(path("a"), 0755, 0, 0, Timestamp.EPOCH);
        assertThat(merged(implying).find(path("a"))).isEqualTo(invented);
        assertThat(merged(layer(file("a", "")), implying).find(path("a"))).isEqualTo(invented);
        assertThat(merged(layer(whiteout("a")), implying).children(path(""))).containsExactly(invented);
        assertThat(merged(layer(described), implying).children(path(""))).containsExactly(described);
    }

    @Test
    void neighboursThatSortBetweenADirectoryAndItsChildrenAreNoChildren() {
        MergedTree tree =
                merged(layer(directory("a"), file("a-b", ""), file("a.c", ""), file("a/b", ""), file("a0", "")));
        assertThat(paths(tree.children(path("a")))).containsExactly("a/b");
        assertThat(paths(tree.children(path("")))).containsExactly("a", "a-b", "a.c", "a0");
    }

    @Test
    void theRootIsAlwaysThere() {
        assertThat(merged().find(path(""))).isEqualTo(LayerEntry.directory(path(""), 0755, 0, 0, Timestamp.EPOCH));
        assertThat(merged().children(path(""))).isEmpty();
        LayerEntry root = LayerEntry.directory(path(""), 0711, 3, 4, Trees.NOW);
        assertThat(merged(layer(root)).with(layer(file("a", ""))).find(path("")))
                .isEqualTo(root);
    }

    /// The same by brute force: a map that every layer is applied to, one entry after the other.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jbuild.layer.LayerIndexTest#seeds")
    void equalsApplyingTheLayersOneByOne(int seed) {
        var random = new Random(seed);
        var layers = new ArrayList<LayerIndex>();
        var applied = new TreeMap<ByteString, LayerEntry>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            LayerIndex layer = LayerIndex.of(Trees.randomEntries(random, new Trees.Store(), true, true));
            layers.add(layer);
            apply(layer, applied);
        }
        MergedTree tree = MergedTree.of(layers);
        var walked = new TreeMap<ByteString, LayerEntry>();
        walk(tree, ByteString.EMPTY, walked);
        assertThat(walked).isEqualTo(applied);
        for (LayerIndex layer : layers) {
            for (LayerEntry entry : layer.entries()) {
                assertThat(tree.find(entry.path())).isEqualTo(applied.get(entry.path()));
            }
        }
    }

    static void walk(MergedTree tree, ByteString directory, TreeMap<ByteString, LayerEntry> into) {
        for (LayerEntry child : tree.children(directory)) {
            into.put(child.path(), child);
            walk(tree, child.path(), into);
        }
    }

    static void apply(LayerIndex layer, TreeMap<ByteString, LayerEntry> tree) {
        for (LayerEntry entry : layer.entries()) {
            if (entry.type() == EntryType.WHITEOUT || entry.opaque() || !entry.isDirectory()) {
                tree.keySet().removeIf(path -> path.isBelowOrSame(entry.path()));
            }
        }
        for (LayerEntry entry : layer.entries()) {
            for (int slash = entry.path().indexOf('/');
                    slash >= 0;
                    slash = entry.path().indexOf('/', slash + 1)) {
                ByteString parent = entry.path().substring(0, slash);
                LayerEntry there = tree.get(parent);
                if (there == null || !there.isDirectory()) {
                    tree.keySet().removeIf(path -> path.isBelowOrSame(parent));
                    tree.put(parent, LayerEntry.directory(parent, 0755, 0, 0, Timestamp.EPOCH));
                }
            }
            if (entry.type() != EntryType.WHITEOUT) {
                LayerEntry there = tree.get(entry.path());
                if (there != null && !there.isDirectory()) {
                    tree.remove(entry.path());
                }
                tree.put(entry.path(), entry.withOpaque(false));
            }
        }
    }
}
