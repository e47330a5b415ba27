package dev.jbuild.snapshot;

import dev.jbuild.layer.Compression;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the layers that are durable, as they lie there; takes no lease and changes nothing.
public final class StoredLayers {
    private final StateDirectory state;
    private final LayerSizes sizes;

    /// How the size of a tree is found out.
    public enum Measure {
        /// By its files, one call for each.
        EXACT,
        /// As its birth noted it, from its index.
        NOTED
    }

    /// @param state not owned
    public StoredLayers(StateDirectory state, Measure measure) {
        this.state = state;
        this.sizes = new LayerSizes(state, measure);
    }

    /// {@return the layers, in the order of their names; what is no layer is left out}
    public List<StoredLayer> list() throws IOException {
        List<StoredLayer> layers = new ArrayList<>();
        for (ByteString path : Area.LAYERS.list(state)) {
            find(path).ifPresent(layers::add);
        }
        return layers;
    }

    /// {@return the identity that the name of a directory states}
    public static Optional<LayerId> id(ByteString path) {
        try {
            return Optional.of(LayerId.ofDirectoryName(path.name().toString()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private Optional<StoredLayer> find(ByteString path) throws IOException {
        Optional<LayerId> named = id(path);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        LayerId id = named.get();
        long tree = 0;
        long tar = 0;
        FileStatus directory = Area.find(state, path);
        long other = directory == null ? 0 : directory.diskBytes();
        boolean hasTree = false;
        boolean hasTar = false;
        List<Descriptor> blobs = new ArrayList<>();
        Instant used = Instant.EPOCH;
        for (ByteString form : Area.list(state, path)) {
            ByteString name = form.name();
            if (name.equals(LayerFiles.TREE)) {
                hasTree = true;
                tree = sizes.tree(id, path);
                continue;
            }
            FileStatus status = Area.find(state, form);
            if (status == null) {
                continue;
            }
            if (name.equals(LayerFiles.TAR)) {
                hasTar = true;
                tar = status.diskBytes();
            } else {
                other += status.diskBytes();
            }
            if (name.equals(LayerFiles.INDEX)) {
                used = Instant.ofEpochSecond(status.mtimeSeconds());
            }
            for (Compression compression : Compression.values()) {
                if (name.equals(LayerNotes.blobName(compression))) {
                    LayerNotes.parseBlob(id, read(form)).ifPresent(blobs::add);
                }
            }
        }
        Descriptor origin =
                LayerNotes.parseBlob(id, read(path.resolve(LayerFiles.ORIGIN))).orElse(null);
        return Optional.of(new StoredLayer(id, path, tree, tar, other, hasTree, hasTar, origin, blobs, used));
    }

    private byte @org.jspecify.annotations.Nullable [] read(ByteString file) throws IOException {
        return state.read(file, LayerNotes.LIMIT);
    }

    /// {@return the index of a layer; nothing when it is damaged}
    public Optional<LayerIndex> index(LayerId id) throws IOException {
        byte[] encoded = state.read(StateDirectory.layer(id).resolve(LayerFiles.INDEX), Integer.MAX_VALUE - 8);
        return encoded == null ? Optional.empty() : Optional.ofNullable(LayerFiles.decode(id, encoded));
    }
}
