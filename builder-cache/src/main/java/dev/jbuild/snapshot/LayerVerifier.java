package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.oci.Digest;
import dev.jbuild.state.StateDirectory;
import dev.jbuild.state.StateException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Compares the bytes of a stored layer with its index, and takes a damaged layer out of the way.
final class LayerVerifier {
    private static final int BUFFER = 1 << 17;

    private final LayerFiles files;

    LayerVerifier(LayerFiles files) {
        this.files = files;
    }

    /// What reads a layer that is here.
    interface Reading<T> {
        T read(FileContents contents) throws IOException, InterruptedException;
    }

    /// Reads a layer; when that fails, finds out whether the layer is to blame.
    ///
    /// @throws StateException when it is damaged; it is then out of the way
    <T> T read(LayerIndex index, Reading<T> reading) throws IOException, InterruptedException {
        FileContents contents = files.contents(index);
        try {
            return reading.read(contents);
        } catch (IOException failure) {
            verify(index, contents, failure);
            throw failure;
        }
    }

    /// Reads all bytes of a layer that is here.
    ///
    /// @throws StateException when it is damaged; it is then out of the way
    void verify(LayerIndex index) throws IOException {
        verify(index, files.contents(index), null);
    }

    private void verify(LayerIndex index, FileContents contents, @Nullable IOException cause) throws IOException {
        LayerEntry damaged = firstDamaged(index, contents);
        if (damaged != null) {
            files.setAside(index.id());
            throw new StateException(
                    files.state().absolute(StateDirectory.layer(index.id())),
                    "layer " + index.id() + " is damaged: '/" + damaged.path()
                            + "' has other bytes than it had; it was set aside, run the same build again",
                    cause);
        }
    }

    /// {@return the first file whose bytes are not those of the index; null when all are}
    static @Nullable LayerEntry firstDamaged(LayerIndex index, FileContents contents) throws IOException {
        var buffer = new byte[BUFFER];
        for (LayerEntry entry : index.entries()) {
            if (entry.isFile() && entry.hardLink() == null && !isWhole(entry, contents, buffer)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean isWhole(LayerEntry file, FileContents contents, byte[] buffer) throws IOException {
        MessageDigest hash = Digest.newHash();
        long size = 0;
        try (InputStream bytes = contents.open(file)) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                hash.update(buffer, 0, count);
                size += count;
            }
        } catch (EOFException tooShort) {
            return false;
        }
        return size == file.size() && Digest.finish(hash).equals(file.contentDigest());
    }
}
