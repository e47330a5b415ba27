package dev.jbuild.snapshot;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.state.Committer;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
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

    private final LayerFiles files;
    private final LayerBirths births;

    /// All are used, none is owned.
    public LayerStore(StateDirectory state, Committer committer, BlobStore blobs) {
        assert blobs != null;
        this.files = new LayerFiles(state, committer);
        this.births = new LayerBirths(files);
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
        if (known == null) {
            throw files.missing(layer.id());
        }
        return known;
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

    /// Makes a layer of entries and their bytes, in one pass over them.
    ///
    /// @param entries in any order; each file with the SHA-256 that its bytes must have, or without
    /// @param contents opens the file entries as they stand in `entries`
    public Layer create(List<LayerEntry> entries, FileContents contents, Form form) throws IOException {
        return switch (form) {
            case TREE, TAR -> births.createTree(entries, contents);
        };
    }

    /// Opens the layer's tree, for overlay's `lowerdir`. It is made when it is not there. The descriptor (`O_PATH`)
    /// keeps
    /// working when the layer is moved.
    ///
    /// @return the caller closes it
    public Fd openTree(Layer layer) throws IOException, InterruptedException {
        Fd tree = files.open(layer.id(), LayerFiles.TREE, OpenFlag.PATH, OpenFlag.DIRECTORY);
        if (tree == null) {
            throw files.missing(layer.id());
        }
        return tree;
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

    /// {@return the bytes of the layer's files: from its tree, else its tar, else a tree is made}
    public FileContents contents(Layer layer) throws IOException, InterruptedException {
        LayerId id = layer.id();
        openTree(layer).close();
        return new TreeContents(() -> files.openDirectory(id, LayerFiles.TREE));
    }
}
