package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer as it lies in the store.
///
/// @param path of its directory
/// @param treeBytes what its tree takes on the disk; 0 without one
/// @param tarBytes what its tar takes on the disk; 0 without one
/// @param otherBytes what its index and notes take
/// @param hasTree whether there is a tree
/// @param hasTar whether there is a tar
/// @param origin the blob it was pulled as; null when it was made here
/// @param blobs what was made of it
/// @param lastUsed when somebody last relied on it, within a minute
public record StoredLayer(
        LayerId id,
        ByteString path,
        long treeBytes,
        long tarBytes,
        long otherBytes,
        boolean hasTree,
        boolean hasTar,
        @Nullable Descriptor origin,
        List<Descriptor> blobs,
        Instant lastUsed) {
    public StoredLayer {
        blobs = List.copyOf(blobs);
    }

    public ByteString tree() {
        return path.resolve(LayerFiles.TREE);
    }

    public ByteString tar() {
        return path.resolve(LayerFiles.TAR);
    }
}
