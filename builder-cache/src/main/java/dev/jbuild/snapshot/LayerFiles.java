package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.state.Committer;
import dev.jbuild.state.LockTable;
import dev.jbuild.state.ProcessDirectory;
import dev.jbuild.state.StateDirectory;
import dev.jbuild.state.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of layers: opening them, adding to them, and what is known of them in memory.
final class LayerFiles {
    static final ByteString INDEX = ByteString.of("index");
    static final ByteString TREE = ByteString.of("tree");
    static final ByteString TAR = ByteString.of("tar");
    static final ByteString DIFF = ByteString.of("diff.json");
    static final ByteString SIZE = ByteString.of("size.json");
    static final ByteString ORIGIN = ByteString.of("origin.json");

    private final StateDirectory state;
    private final LayerPlaces places;
    private final LockTable locks;
    private @Nullable IndexCache indexes;
    private @Nullable OverlayMarks marks;

    LayerFiles(StateDirectory state, Committer committer) {
        this.state = state;
        this.places = new LayerPlaces(state, committer);
        this.locks = new LockTable(state);
    }

    StateDirectory state() {
        return state;
    }

    synchronized OverlayMarks marks() throws IOException {
        if (marks == null) {
            ProcessDirectory process = state.processDirectory();
            marks = OverlayMarks.probe(process.directory(), process.newDirectory());
        }
        return marks;
    }

    private synchronized IndexCache indexes() {
        if (indexes == null) {
            indexes = new IndexCache();
        }
        return indexes;
    }

    /// Waits until nobody else fetches or makes a form of the layer.
    LockTable.Hold lock(LayerId id) throws IOException, InterruptedException {
        return locks.acquire(StateDirectory.layerLock(id));
    }

    boolean has(LayerId id, ByteString form) throws IOException {
        return places.has(id, form);
    }

    /// {@return the caller closes it; null when it is not there}
    @Nullable
    Fd open(LayerId id, ByteString form, OpenFlag... flags) throws IOException {
        return places.open(id, form, flags);
    }

    /// Finds trees by path, all of which are there.
    PinnedTrees pinTrees(List<LayerId> ids) throws IOException {
        places.pin();
        boolean done = false;
        try {
            List<ByteString> paths = new ArrayList<>();
            for (LayerId id : ids) {
                ByteString path = places.path(id, TREE);
                if (path == null) {
                    throw missing(id);
                }
                paths.add(path);
            }
            done = true;
            return new PinnedTrees(places, paths);
        } finally {
            if (!done) {
                places.unpin();
            }
        }
    }

    /// {@return the caller closes it; null when it is not there}
    @Nullable
    Directory findDirectory(LayerId id, ByteString form) throws IOException {
        return places.openDirectory(id, form);
    }

    /// Opens a form that must be there and is a directory.
    Directory openDirectory(LayerId id, ByteString form) throws IOException {
        Directory directory = places.openDirectory(id, form);
        if (directory == null) {
            throw missing(id);
        }
        return directory;
    }

    /// {@return a small file of the layer; null when it is not there}
    byte @Nullable [] read(LayerId id, ByteString form, long limit) throws IOException {
        try (Fd file = places.open(id, form, OpenFlag.NON_BLOCKING)) {
            if (file == null || !file.status().isRegular() || file.status().size() > limit) {
                return null;
            }
            var content = new byte[(int) file.status().size()];
            file.readFully(0, content);
            return content;
        }
    }

    /// {@return the index of a layer that is here; null when it is not, or was damaged and is now out of the way}
    @Nullable
    LayerIndex findIndex(LayerId id) throws IOException {
        LayerIndex known = indexes().find(id);
        if (known != null) {
            return known;
        }
        byte[] encoded = read(id, INDEX, Integer.MAX_VALUE - 8);
        if (encoded == null) {
            return null;
        }
        LayerIndex index = decode(id, encoded);
        if (index == null) {
            setAside(id);
            return null;
        }
        indexes().put(index);
        return index;
    }

    static @Nullable LayerIndex decode(LayerId id, byte[] encoded) {
        try {
            LayerIndex index = LayerIndex.decode(encoded);
            return index.id().equals(id) ? index : null;
        } catch (IOException damaged) {
            return null;
        }
    }

    /// Takes a layer whose files are damaged out of the way; the next one who needs it makes or fetches it again.
    void setAside(LayerId id) throws IOException {
        indexes().remove(id);
        places.setAside(id);
    }

    /// {@return what to say of a layer that should be here}
    StateException missing(LayerId id) {
        return new StateException(
                state.absolute(StateDirectory.layer(id)),
                "layer " + id
                        + " is not in the state directory, or was damaged; run the same build again to make it anew");
    }

    /// {@return the name of a new directory of the process directory, in which forms can be written}
    Birth newBirth() throws IOException {
        ProcessDirectory process = state.processDirectory();
        ByteString name = process.newDirectory();
        return new Birth(process, name, process.directory().openDirectory(name));
    }

    /// Adds what the birth holds to a layer, which is the end of the birth.
    ///
    /// @param hold of the layer; other processes wait until what is added is durable. Null when nobody can want it
    ///     yet
    void adopt(LayerId id, Birth birth, LockTable.@Nullable Hold hold) throws IOException {
        boolean ignored = state.leases().hold(StateDirectory.layer(id));
        places.adopt(id, birth.release(), hold == null ? () -> {} : hold.keep());
    }

    /// Adds the first form of a layer that was born here, and its index.
    Layer adoptNew(LayerIndex index, Birth birth) throws IOException {
        birth.write(INDEX, index.encode());
        remember(index);
        adopt(index.id(), birth, null);
        return Layer.stored(index.id());
    }

    /// {@return the bytes of the files of a layer that is here, from its tree or else its tar}
    FileContents contents(LayerIndex index) throws IOException {
        LayerId id = index.id();
        if (has(id, TREE)) {
            return new TreeContents(() -> openDirectory(id, TREE));
        }
        if (has(id, TAR)) {
            return new TarContents(this, index);
        }
        throw missing(id);
    }

    void remember(LayerIndex index) {
        indexes().put(index);
    }
}
