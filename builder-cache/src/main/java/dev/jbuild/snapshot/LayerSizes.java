package dev.jbuild.snapshot;

import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;

/// What trees take on the disk. A tree is born with a note of its size, so that the whole store can be measured
/// after each build without a look into the trees.
final class LayerSizes {
    /// The unit in which most file systems give out space.
    private static final long BLOCK = 4096;

    private final StateDirectory state;
    private final StoredLayers.Measure measure;

    LayerSizes(StateDirectory state, StoredLayers.Measure measure) {
        this.state = state;
        this.measure = measure;
    }

    /// {@return the bytes that the tree of the layer at `path` takes}
    long tree(LayerId id, ByteString path) throws IOException {
        if (measure == StoredLayers.Measure.NOTED) {
            Long noted = LayerNotes.parseTreeBytes(id, state.read(path.resolve(LayerFiles.SIZE), LayerNotes.LIMIT));
            if (noted != null) {
                return noted;
            }
        }
        return state.directory().diskBytes(path.resolve(LayerFiles.TREE));
    }

    /// {@return about what a tree with these entries takes: holes count}
    static long estimate(LayerIndex index) {
        long bytes = BLOCK;
        for (LayerEntry entry : index.entries()) {
            if (entry.type() == EntryType.DIRECTORY) {
                bytes += BLOCK;
            } else if (entry.isFile() && entry.hardLink() == null) {
                bytes += (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
            }
        }
        return bytes;
    }
}
