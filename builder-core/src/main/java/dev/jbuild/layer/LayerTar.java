package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tar of a layer: a pure function of its index and the bytes of its files, the same on every machine.
///
/// Entries stand in the order of the index, each in as few headers as can say it; an opaque mark follows its
/// directory before anything that is in it, and two zero blocks end it. Holes of sparse files are written as
/// zeros.
///
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI image layer
///     specification</a>
public final class LayerTar {
    private static final int BLOCK = TarHeader.BLOCK;
    private static final int END_BLOCKS = 2;

    private LayerTar() {}

    /// Writes the tar, reading each file once.
    ///
    /// @param out gets large and small writes alike, so buffer it where that matters; stays open
    /// @throws IOException also when the bytes of a file are not those that its digest and size say; the
    ///     message names it
    public static void write(LayerIndex index, FileContents contents, OutputStream out) throws IOException {
        var writer = new Writer(contents, out);
        for (LayerEntry entry : index.entries()) {
            out.write(TarHeaderWriter.headers(entry));
            if (hasContent(entry)) {
                writer.content(entry);
            }
        }
        out.write(new byte[END_BLOCKS * BLOCK]);
    }

    /// {@return where [#write] puts the bytes of each file}
    public static Offsets offsets(LayerIndex index) {
        long[] starts = new long[index.count()];
        long position = 0;
        List<LayerEntry> entries = index.entries();
        for (int i = 0; i < starts.length; i++) {
            LayerEntry entry = entries.get(i);
            position += TarHeaderWriter.headers(entry).length;
            starts[i] = position;
            if (hasContent(entry)) {
                position += entry.size() + (-entry.size() & (BLOCK - 1));
            }
        }
        return new Offsets(index, starts, position + END_BLOCKS * BLOCK);
    }

    /// Where in the tar of a layer things are.
    public static final class Offsets {
        private final LayerIndex index;
        private final long[] starts;
        private final long size;

        private Offsets(LayerIndex index, long[] starts, long size) {
            this.index = index;
            this.starts = starts;
            this.size = size;
        }

        /// {@return length of the whole tar in bytes}
        public long size() {
            return size;
        }

        /// {@return position of the first byte of a FILE of this layer, for a hard link that of its first one}
        ///
        /// @throws IllegalArgumentException when the layer has no file there
        public long of(ByteString file) {
            LayerEntry entry = index.find(file);
            if (entry == null || !entry.isFile()) {
                throw new IllegalArgumentException("no file '" + file + "' in layer " + index.id());
            }
            ByteString first = entry.hardLink();
            return starts[index.position(first == null ? file : first)];
        }
    }

    private static boolean hasContent(LayerEntry entry) {
        return entry.isFile() && entry.hardLink() == null;
    }

    /// Copies and checks files, with one buffer and one hash for all.
    private static final class Writer {
        private final FileContents contents;
        private final OutputStream out;
        private final byte[] buffer = new byte[1 << 17];
        private final byte[] zeros = new byte[BLOCK];
        private final MessageDigest hash = Digest.newHash();

        Writer(FileContents contents, OutputStream out) {
            this.contents = contents;
            this.out = out;
        }

        void content(LayerEntry file) throws IOException {
            long left = file.size();
            try (InputStream in = contents.open(file)) {
                // One byte more is asked for than should be there, so that a longer file is seen.
                while (left >= 0) {
                    int read = in.read(buffer, 0, (int) Math.min(buffer.length, left + 1));
                    if (read < 0) {
                        break;
                    }
                    left -= read;
                    if (left >= 0) {
                        hash.update(buffer, 0, read);
                        out.write(buffer, 0, read);
                    }
                }
            }
            Digest found = Digest.finish(hash);
            if (left != 0) {
                throw changed(
                        file, left < 0 ? "longer than " : (file.size() - left) + " bytes instead of ", file.size());
            }
            if (!found.equals(file.requiredContentDigest())) {
                throw changed(file, found + " instead of ", file.requiredContentDigest());
            }
            out.write(zeros, 0, (int) (-file.size() & (BLOCK - 1)));
        }

        private static IOException changed(LayerEntry file, String found, @Nullable Object expected) {
            return new IOException("content of '/" + file.path() + "' is not what its layer says: " + found + expected);
        }
    }
}
