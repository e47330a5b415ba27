package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.OpenFlag;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of the files of a layer that has a tree.
final class TreeContents implements FileContents {
    private final LayerTree trees;

    /// Opens the tree; asked each time, since the descriptor of one that is long in use is nobody's to close.
    interface LayerTree {
        Directory open() throws IOException;
    }

    TreeContents(LayerTree trees) {
        this.trees = trees;
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        try (Directory tree = trees.open()) {
            return new FileStream(openInside(tree, file.path()));
        }
    }

    /// A tree holds symbolic links, and none of them is followed: what is a directory in the index is one here.
    private static Fd openInside(Directory tree, ByteString path) throws IOException {
        return tree.openBeneath(path, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING);
    }

    private static final class FileStream extends FilterInputStream {
        private final Fd file;

        FileStream(Fd file) {
            super(file.inputStream());
            this.file = file;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
