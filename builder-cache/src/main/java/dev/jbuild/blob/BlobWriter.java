package dev.jbuild.blob;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// A blob that is being written: counts and hashes what passes. For one thread.
///
/// Nothing is visible to readers until [#commit()]. Closing without it leaves no trace.
public final class BlobWriter extends OutputStream {
    private final BlobStore store;
    private final Directory directory;
    private final ByteString birth;
    private final Fd file;
    private final MessageDigest hash = Digest.newHash();
    private long size;
    private boolean open = true;

    BlobWriter(BlobStore store, Directory directory, ByteString birth, Fd file) {
        this.store = store;
        this.directory = directory;
        this.birth = birth;
        this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        file.write(source, offset, length);
        hash.update(source, offset, length);
        size += length;
    }

    /// {@return bytes written so far}
    public long size() {
        return size;
    }

    /// Ends the blob and makes it readable.
    public Digest commit() throws IOException {
        if (!open) {
            throw new IllegalStateException("this blob is closed");
        }
        open = false;
        file.close();
        Digest digest = Digest.finish(hash);
        store.adopt(digest, birth);
        return digest;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            file.close();
            directory.unlink(birth);
        }
    }
}
