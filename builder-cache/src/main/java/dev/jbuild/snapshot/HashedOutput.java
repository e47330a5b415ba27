package dev.jbuild.snapshot;

import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Counts and hashes what passes. Closing does nothing.
final class HashedOutput extends OutputStream {
    private final OutputStream target;
    private final MessageDigest hash = Digest.newHash();
    private long size;

    HashedOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        target.write(source, offset, length);
        hash.update(source, offset, length);
        size += length;
    }

    /// {@return bytes so far}
    long size() {
        return size;
    }

    /// {@return the digest of all bytes; to be asked once, at the end}
    Digest digest() {
        return Digest.finish(hash);
    }
}
