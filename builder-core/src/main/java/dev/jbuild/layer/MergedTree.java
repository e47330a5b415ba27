package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A stack of layers seen as one tree, as overlay shows it: the topmost layer that says something about a path
/// decides.
///
/// A whiteout, an opaque directory and anything that is not a directory hide what lower layers have there. A
/// directory that only implied entries lead to (see [LayerIndex]) and that no layer describes is 0755, owned by
/// 0:0, of 1970.
///
/// No entry is opaque here. [LayerEntry#hardLink] stays as the entry's own layer says it: two entries are one
/// inode when that layer is the same for both ([#layerOf]) and so is their first path; the file at that path
/// here may be another.
///
/// Immutable; nothing is computed before it is asked for.
public final class MergedTree implements FileTree {
    private static final int IMPLIED_MODE = 0755;

    private final List<LayerIndex> topFirst;

    private MergedTree(List<LayerIndex> topFirst) {
        this.topFirst = topFirst;
    }

    public static MergedTree of(List<LayerIndex> bottomFirst) {
        return new MergedTree(List.copyOf(bottomFirst.reversed()));
    }

    /// {@return this tree with one more layer on top}
    public MergedTree with(LayerIndex top) {
        var layers = new ArrayList<LayerIndex>(topFirst.size() + 1);
        layers.add(top);
        layers.addAll(topFirst);
        return new MergedTree(List.copyOf(layers));
    }

    @Override
    public @Nullable LayerEntry find(ByteString path) {
        boolean implied = path.isEmpty();
        for (LayerIndex layer : topFirst) {
            int position = layer.position(path);
            if (position >= 0) {
                EntryType type = layer.typeAt(position);
                if (type == EntryType.DIRECTORY || (!implied && type != EntryType.WHITEOUT)) {
                    return visible(layer, position);
                }
                break;
            }
            implied |= layer.hasBelow(path);
            if (layer.hidesBelow(path)) {
                break;
            }
        }
        return implied ? LayerEntry.directory(path, IMPLIED_MODE, 0, 0, Timestamp.EPOCH) : null;
    }

    @Override
    public List<LayerEntry> children(ByteString directory) {
        LayerEntry parent = find(directory);
        if (parent == null || !parent.isDirectory()) {
            return List.of();
        }
        var decided = new TreeMap<ByteString, LayerEntry>();
        var implied = new TreeSet<ByteString>();
        for (LayerIndex layer : topFirst) {
            int position = layer.position(directory);
            if (position >= 0 && layer.typeAt(position) != EntryType.DIRECTORY) {
                break;
            }
            collect(layer, directory, decided, implied);
            if ((position >= 0 && layer.opaqueAt(position)) || layer.hidesBelow(directory)) {
                break;
            }
        }
        for (ByteString path : implied) {
            LayerEntry child = find(path);
            if (child != null) {
                decided.put(path, child);
            }
        }
        decided.values().removeIf(child -> child.type() == EntryType.WHITEOUT);
        return List.copyOf(decided.values());
    }

    @Override
    public Digest contentDigest(LayerEntry file) {
        return file.requiredContentDigest();
    }

    /// {@return the layer that holds the bytes of `file`, which came from this tree}
    ///
    /// @throws IllegalArgumentException when it did not
    public LayerIndex layerOf(LayerEntry file) {
        for (LayerIndex layer : topFirst) {
            LayerEntry found = layer.find(file.path());
            if (found != null) {
                if (found.equals(file)) {
                    return layer;
                }
                break;
            }
        }
        throw new IllegalArgumentException("'" + file.path() + "' is not of this tree");
    }

    /// Adds the direct children that `layer` has below `directory` and no upper layer decided.
    private static void collect(
            LayerIndex layer, ByteString directory, Map<ByteString, LayerEntry> decided, Set<ByteString> implied) {
        int nameStart = directory.isEmpty() ? 0 : directory.length() + 1;
        int position = layer.firstBelow(directory);
        int end = layer.endBelow(directory, position);
        while (position < end) {
            ByteString path = layer.pathAt(position);
            int slash = path.indexOf('/', nameStart);
            if (slash < 0) {
                if (!decided.containsKey(path)) {
                    decided.put(path, visible(layer, position));
                }
                position++;
            } else {
                ByteString child = path.substring(0, slash);
                if (layer.position(child) < 0 && !decided.containsKey(child)) {
                    implied.add(child);
                }
                position = layer.endBelow(child, position + 1);
            }
        }
    }

    /// In a merged view nothing is left to hide.
    private static LayerEntry visible(LayerIndex layer, int position) {
        LayerEntry entry = layer.entries().get(position);
        return entry.opaque() ? entry.withOpaque(false) : entry;
    }
}
