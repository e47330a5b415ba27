package dev.jbuild.operation;

import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.Directory;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.PinnedTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The trees of a root file system, open and kept where they are until they are mounted.
final class LowerTrees implements AutoCloseable {
    private final List<Directory> directories;
    private final PinnedTrees pins;

    private LowerTrees(List<Directory> directories, PinnedTrees pins) {
        this.directories = List.copyOf(directories);
        this.pins = pins;
    }

    /// Makes the trees that are missing, and opens all. A layer that occurs more than once, such as an empty one, is
    /// taken only where it is on top: overlay refuses a directory twice, and the ones below add nothing to it.
    static LowerTrees open(LayerStore store, Rootfs rootfs) throws IOException, InterruptedException {
        var directories = new ArrayList<Directory>();
        boolean complete = false;
        try {
            var seen = new HashSet<LayerId>();
            for (Layer layer : rootfs.layers().reversed()) {
                if (seen.add(layer.id())) {
                    directories.add(store.openTree(layer));
                }
            }
            // Where they are is asked from here on.
            var trees = new LowerTrees(directories, store.pinTrees());
            complete = true;
            return trees;
        } finally {
            if (!complete) {
                directories.forEach(Directory::close);
            }
        }
    }

    /// {@return the trees, top first}
    List<Directory> directories() {
        return directories;
    }

    /// Lets the store move the trees: whoever needed their places has mounted them.
    void unpin() {
        pins.close();
    }

    @Override
    public void close() {
        pins.close();
        directories.forEach(Directory::close);
    }
}
