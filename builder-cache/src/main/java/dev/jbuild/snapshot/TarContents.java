package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.OpenFlag;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of the files of a layer that has a tar.
final class TarContents implements FileContents {
    private final LayerFiles files;
    private final LayerIndex index;
    private final LayerTar.Offsets offsets;

    TarContents(LayerFiles files, LayerIndex index) {
        this.files = files;
        this.index = index;
        this.offsets = LayerTar.offsets(index);
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        Fd tar = files.open(index.id(), LayerFiles.TAR, OpenFlag.NON_BLOCKING);
        if (tar == null) {
            throw files.missing(index.id());
        }
        return new Part(tar, offsets.of(file.path()), file.size());
    }

    private static final class Part extends InputStream {
        private final Fd tar;
        private long position;
        private long left;

        Part(Fd tar, long position, long size) {
            this.tar = tar;
            this.position = position;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            var single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = tar.readAt(position, target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the tar of a layer ends too early");
            }
            position += count;
            left -= count;
            return count;
        }

        @Override
        public void close() {
            tar.close();
        }
    }
}
