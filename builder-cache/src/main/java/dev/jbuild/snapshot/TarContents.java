package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.OpenFlag;
import java.io.FilterInputStream;
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

    /// A stretch of a tar that is closed with it.
    private static final class Part extends FilterInputStream {
        private final Fd tar;

        Part(Fd tar, long position, long size) {
            super(tar.inputStream(position, size));
            this.tar = tar;
        }

        @Override
        public void close() {
            tar.close();
        }
    }
}
