package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.Directory;
import dev.jbuild.state.LockTable;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// Layers that are born, or get, a tree.
final class LayerBirths {
    private final LayerFiles files;

    LayerBirths(LayerFiles files) {
        this.files = files;
    }

    Layer commitRun(RunDirectories run) throws IOException {
        LayerIndex index = run.finish(files.marks());
        try (Birth birth = run.release()) {
            return adopt(index, birth);
        }
    }

    Layer createTree(List<LayerEntry> entries, FileContents contents) throws IOException {
        try (Birth birth = files.newBirth()) {
            var sorted = entries.stream()
                    .sorted(Comparator.comparing(LayerEntry::path))
                    .toList();
            LayerIndex index = writeTree(birth, sorted, contents);
            return adopt(index, birth);
        }
    }

    private Layer adopt(LayerIndex index, Birth birth) throws IOException {
        birth.write(LayerFiles.INDEX, index.encode());
        files.remember(index);
        files.adopt(index.id(), birth, null);
        return Layer.stored(index.id());
    }

    /// Adds a tree to a layer.
    void makeTree(LayerIndex index, FileContents contents, LockTable.Hold hold) throws IOException {
        try (Birth birth = files.newBirth()) {
            LayerIndex ignored = writeTree(birth, index.entries(), contents);
            files.adopt(index.id(), birth, hold);
        }
    }

    /// {@return the index of what was written}
    private LayerIndex writeTree(Birth birth, List<LayerEntry> sorted, FileContents contents) throws IOException {
        try (Directory tree = birth.makeDirectory(LayerFiles.TREE);
                TreeWriter writer = new TreeWriter(tree, files.marks())) {
            var copy = new EntryCopy(contents);
            for (LayerEntry entry : sorted) {
                if (!entry.isFile()) {
                    copy.add(entry);
                    writer.put(entry);
                } else if (entry.hardLink() != null) {
                    copy.addLink(entry);
                    writer.putHardLink(entry.path(), entry.hardLink());
                } else {
                    try (var content = copy.open(entry)) {
                        writer.putFile(entry, content);
                        copy.addFile(entry, content);
                    }
                }
            }
            writer.finish();
            return LayerIndex.of(copy.entries(), copy.accounts());
        }
    }
}
