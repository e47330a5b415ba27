package dev.jbuild.snapshot;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.state.Committer;
import dev.jbuild.state.LockTable;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The layers of the state directory.
///
/// A layer that was born here can be used by this process at once, and is durable, and there for others, when its
/// group is committed ([Committer#flush()]). What is asked of a layer that has it already costs an open file;
/// otherwise it is made, or the layer fetched, by one thread of one process while others that want the same wait.
///
/// Safe for use by several threads.
public final class LayerStore {
    /// The form that holds the bytes of a layer at its birth.
    public enum Form {
        /// A directory, for a layer that a RUN will stand on.
        TREE,
        /// A tar, with its diff ID.
        TAR
    }

    private static final ByteString SCRATCH = ByteString.of("scratch");

    private final LayerFiles files;
    private final LayerBirths births;
    private final LayerFetch fetch;
    private final LayerTars tars;
    private final LayerVerifier verifier;

    /// All are used, none is owned.
    public LayerStore(StateDirectory state, Committer committer, BlobStore blobs) {
        this.files = new LayerFiles(state, committer);
        this.births = new LayerBirths(files);
        var notes = new LayerNotes(files);
        this.fetch = new LayerFetch(files, notes, blobs);
        this.verifier = new LayerVerifier(files);
        this.tars = new LayerTars(files, notes, blobs, verifier);
    }

    /// {@return whether the layer and at least one form of its bytes is here; nothing is read}
    public boolean contains(LayerId id) throws IOException {
        return files.has(id, LayerFiles.INDEX)
                && (files.has(id, LayerFiles.TREE)
                        || files.has(id, LayerFiles.TAR)
                        || files.has(id, LayerFiles.ORIGIN));
    }

    /// {@return the layer's index: from memory, from disk, or by fetching the layer}
    public LayerIndex index(Layer layer) throws IOException, InterruptedException {
        LayerIndex known = files.findIndex(layer.id());
        if (known != null) {
            return known;
        }
        return switch (layer.id().kind()) {
            case DIFF -> fetch.index(layer);
            case INDEX -> throw files.missing(layer.id());
        };
    }

    /// {@return the indexes of a stack, in the same order}
    public List<LayerIndex> indexes(List<Layer> layers) throws IOException, InterruptedException {
        List<LayerIndex> indexes = new ArrayList<>();
        for (Layer layer : layers) {
            indexes.add(index(layer));
        }
        return indexes;
    }

    /// {@return how trees are marked, and so whether overlay must be mounted with `userxattr`}
    public OverlayMarks overlayMarks() throws IOException {
        return files.marks();
    }

    /// Prepares the directories of a RUN.
    ///
    /// @param root what it stands on, bottom first
    /// @return the caller commits or closes it
    public RunDirectories newRun(List<Layer> root) throws IOException, InterruptedException {
        List<LayerIndex> indexes = indexes(root);
        return RunDirectories.open(files.newBirth(), indexes);
    }

    /// Makes the upper directory of a RUN, which no process and no mount uses any more, into a layer.
    ///
    /// @throws dev.jbuild.layer.LayerException when it holds what no layer can hold
    public Layer commitRun(RunDirectories run) throws IOException {
        return births.commitRun(run);
    }

    /// Makes a layer of an index and the bytes of its files, in one pass over them.
    ///
    /// @param contents opens the files of `index`; their bytes are compared with it
    public Layer create(LayerIndex index, FileContents contents, Form form) throws IOException {
        if (contains(index.id())) {
            files.remember(index);
            return Layer.stored(index.id());
        }
        return switch (form) {
            case TREE -> births.createTree(index, contents);
            case TAR -> tars.createTar(index, contents);
        };
    }

    /// {@return the layer with no time later than `latest`: a layer of its own, made once, or itself when it has no
    /// such time or was pulled}
    public Layer notAfter(Layer layer, Timestamp latest) throws IOException, InterruptedException {
        if (layer.id().kind() == LayerId.Kind.DIFF) {
            return layer;
        }
        LayerIndex index = index(layer);
        LayerIndex clamped = index.notAfter(latest);
        return clamped.id().equals(index.id())
                ? layer
                : verifier.read(index, contents -> create(clamped, contents, Form.TAR));
    }

    /// Opens the layer's tree, for overlay's `lowerdir`. It is made when it is not there. The descriptor
    /// keeps
    /// working when the layer is moved.
    ///
    /// @return the caller closes it
    public Directory openTree(Layer layer) throws IOException, InterruptedException {
        Directory tree = files.findDirectory(layer.id(), LayerFiles.TREE);
        if (tree != null) {
            return tree;
        }
        makeTree(layer);
        tree = files.findDirectory(layer.id(), LayerFiles.TREE);
        if (tree == null) {
            throw files.missing(layer.id());
        }
        return tree;
    }

    /// {@return an empty file without a name, for bytes that are needed until a layer is written; the caller
    /// closes it}
    public Fd newScratchFile() throws IOException {
        try (Birth birth = files.newBirth()) {
            return birth.directory().createFile(SCRATCH, 0600);
        }
    }

    /// Finds the trees of a stack by path; those that are missing are made. For a mount that is made inside a new
    /// mount namespace, where a descriptor of this process cannot serve as `lowerdir`.
    ///
    /// @return the caller closes it as soon as the mount is there
    public PinnedTrees pinTrees(List<Layer> layers) throws IOException, InterruptedException {
        for (Layer layer : layers) {
            openTree(layer).close();
        }
        return files.pinTrees(layers.stream().map(Layer::id).toList());
    }

    /// Keeps all trees where they are. For whoever has opened those it needs, and asks them for their paths.
    ///
    /// @return without paths; the caller closes it as soon as the mount is there
    public PinnedTrees pinTrees() throws IOException {
        return files.pinTrees(List.of());
    }

    private void makeTree(Layer layer) throws IOException, InterruptedException {
        if (layer.id().kind() == LayerId.Kind.DIFF) {
            fetch.makeTree(layer);
            return;
        }
        LayerIndex index = index(layer);
        try (LockTable.Hold hold = files.lock(layer.id())) {
            if (!files.has(layer.id(), LayerFiles.TREE)) {
                Object ignored = verifier.read(index, contents -> {
                    births.addTree(index, contents, hold);
                    return index;
                });
            }
        }
    }

    /// {@return the bytes of the layer's files: from its tree, else its tar, else a tree is made}
    public FileContents contents(Layer layer) throws IOException, InterruptedException {
        if (!files.has(layer.id(), LayerFiles.TREE) && !files.has(layer.id(), LayerFiles.TAR)) {
            openTree(layer).close();
        }
        return files.contents(index(layer));
    }

    /// Reads all bytes of a layer that is here and compares them with its index. Whoever copies from [#contents]
    /// and meets other bytes calls this to find out whether the layer is to blame.
    ///
    /// @throws dev.jbuild.state.StateException when it is damaged; it is then out of the way, so the next build
    ///     makes it again, or fetches it
    public void verify(Layer layer) throws IOException, InterruptedException {
        Object ignored = contents(layer);
        verifier.verify(index(layer));
    }

    /// Looks for damage in a layer that is durable; what is damaged is then out of the way.
    ///
    /// @param deep whether every byte is read
    /// @return what was wrong, a line each
    public List<String> check(LayerId id, boolean deep) throws IOException {
        return LayerCheck.check(files, id, deep);
    }

    /// {@return the digest of the layer's uncompressed tar; computed once}
    public Digest diffId(Layer layer) throws IOException, InterruptedException {
        return switch (layer.id().kind()) {
            case DIFF -> new Digest("sha256", layer.id().hex());
            case INDEX -> tars.diffId(index(layer));
        };
    }

    /// Writes the layer's uncompressed tar, the bytes whose digest is the diff ID.
    public void writeTar(Layer layer, OutputStream target) throws IOException, InterruptedException {
        switch (layer.id().kind()) {
            case DIFF -> fetch.writeTar(layer, target);
            case INDEX -> tars.writeTar(index(layer), target);
        }
    }

    /// {@return a blob of the layer that is in the blob store; made once} Of a pulled layer it is the blob it was
    /// pulled as, whatever its compression.
    ///
    /// @param compression NONE or GZIP
    public Descriptor blob(Layer layer, Compression compression) throws IOException, InterruptedException {
        return switch (layer.id().kind()) {
            case DIFF -> fetch.blob(layer);
            case INDEX -> tars.blob(index(layer), compression);
        };
    }
}
