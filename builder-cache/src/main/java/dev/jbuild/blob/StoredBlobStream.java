package dev.jbuild.blob;

import dev.jbuild.linux.Fd;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.VerifiedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/// A blob of the store, verified as it is read; a damaged one is removed.
final class StoredBlobStream extends FilterInputStream {
    private final BlobStore store;
    private final Descriptor descriptor;
    private final Fd file;

    StoredBlobStream(BlobStore store, Descriptor descriptor, Fd file) {
        super(new VerifiedInputStream(file.inputStream(), descriptor));
        this.store = store;
        this.descriptor = descriptor;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (CorruptContentException damaged) {
            store.remove(descriptor.digest());
            throw damaged;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (CorruptContentException damaged) {
            store.remove(descriptor.digest());
            throw damaged;
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
