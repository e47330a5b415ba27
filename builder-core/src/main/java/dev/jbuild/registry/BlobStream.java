package dev.jbuild.registry;

import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.VerifiedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/// A verified blob as it is handed out: when its bytes turn out wrong, its endpoint is asked last from then on;
/// closing it makes room for another transfer.
final class BlobStream extends FilterInputStream {
    private final Runnable demote;
    private final Runnable release;
    private boolean closed;

    BlobStream(BlobTransfer transfer, Descriptor blob, Runnable demote, Runnable release) {
        super(new VerifiedInputStream(transfer, blob));
        this.demote = demote;
        this.release = release;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (CorruptContentException corrupt) {
            demote.run();
            throw corrupt;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (CorruptContentException corrupt) {
            demote.run();
            throw corrupt;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (CorruptContentException corrupt) {
            demote.run();
            throw corrupt;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            release.run();
            super.close();
        }
    }
}
