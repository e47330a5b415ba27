package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.Directory;
import dev.jbuild.state.LockTable;
import java.io.IOException;
import java.io.InputStream;

/// Layers that are born with, or get, a tree.
final class LayerBirths {
    private final LayerFiles files;

    LayerBirths(LayerFiles files) {
        this.files = files;
    }

    Layer commitRun(RunDirectories run) throws IOException {
        LayerIndex index = run.finish(files.marks());
        try (Birth birth = run.release()) {
            LayerNotes.writeTreeBytes(index.id(), birth, LayerSizes.estimate(index));
            return files.adoptNew(index, birth);
        }
    }

    Layer createTree(LayerIndex index, FileContents contents) throws IOException {
        try (Birth birth = files.newBirth()) {
            writeTree(birth, index, contents);
            return files.adoptNew(index, birth);
        }
    }

    /// Adds a tree to a layer.
    void addTree(LayerIndex index, FileContents contents, LockTable.Hold hold) throws IOException {
        try (Birth birth = files.newBirth()) {
            writeTree(birth, index, contents);
            files.adopt(index.id(), birth, hold);
        }
    }

    private void writeTree(Birth birth, LayerIndex index, FileContents contents) throws IOException {
        try (Directory tree = birth.makeDirectory(LayerFiles.TREE);
                TreeWriter writer = new TreeWriter(tree, files.marks())) {
            for (LayerEntry entry : index.entries()) {
                switch (entry.type()) {
                    case FILE -> writeFile(writer, entry, contents);
                    case SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> writer.node(entry);
                    case DIRECTORY, WHITEOUT -> {} // The writer takes them from the index.
                }
            }
            writer.finish(index);
        }
        LayerNotes.writeTreeBytes(index.id(), birth, LayerSizes.estimate(index));
    }

    private static void writeFile(TreeWriter writer, LayerEntry file, FileContents contents) throws IOException {
        if (file.hardLink() != null) {
            writer.hardLink(file.hardLink(), file.path());
            return;
        }
        try (InputStream content = contents.open(file)) {
            writer.file(file, content);
        }
    }
}
