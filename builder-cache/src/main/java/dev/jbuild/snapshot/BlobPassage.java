package dev.jbuild.snapshot;

import dev.jbuild.blob.BlobWriter;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.VerifiedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A blob that is read once: from the blob store, or from elsewhere and into the blob store on the way.
final class BlobPassage implements AutoCloseable {
    private final InputStream source;
    private final @Nullable BlobWriter writer;
    private final InputStream stream;

    private BlobPassage(InputStream source, @Nullable BlobWriter writer) {
        this.source = source;
        this.writer = writer;
        this.stream = new Passing(source, writer);
    }

    /// {@return a blob of the store}
    ///
    /// @param source verifies itself; owned by the result
    static BlobPassage ofStored(InputStream source) {
        return new BlobPassage(source, null);
    }

    /// {@return a blob from elsewhere}
    ///
    /// @param source owned by the result
    /// @param writer owned by the result
    static BlobPassage ofFetched(InputStream source, Descriptor blob, BlobWriter writer) {
        return new BlobPassage(new VerifiedInputStream(source, blob), writer);
    }

    /// {@return the bytes, verified when the last one was read; closing it does nothing}
    InputStream stream() {
        return stream;
    }

    /// Reads what is left, and puts the blob into the store.
    ///
    /// @throws dev.jbuild.oci.CorruptContentException when it is not what its descriptor says
    void finish() throws IOException {
        long ignored = stream.transferTo(OutputStream.nullOutputStream());
        if (writer != null) {
            Objects.requireNonNull(writer.commit());
        }
    }

    @Override
    public void close() throws IOException {
        try (source) {
            if (writer != null) {
                writer.close();
            }
        }
    }

    private static final class Passing extends FilterInputStream {
        private final @Nullable BlobWriter writer;

        Passing(InputStream source, @Nullable BlobWriter writer) {
            super(source);
            this.writer = writer;
        }

        @Override
        public int read() throws IOException {
            var single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count > 0 && writer != null) {
                writer.write(target, offset, count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // Whoever decompresses it does not know what follows.
        }
    }
}
