package dev.jbuild.layer;

import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A stream that must not be longer than it may, hashed while it is read if there is a hash. Closing does
/// nothing.
final class CountedInput extends InputStream {
    private final InputStream in;
    private final long max;
    private final @Nullable MessageDigest hash;
    private long count;

    CountedInput(InputStream in, long max, @Nullable MessageDigest hash) {
        this.in = in;
        this.max = max;
        this.hash = hash;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            if (count > max) {
                throw new LayerException("a layer unpacks to more than " + max + " bytes");
            }
            if (hash != null) {
                hash.update(buffer, offset, read);
            }
        }
        return read;
    }

    /// Reads to the end, through `buffer`.
    void drain(byte[] buffer) throws IOException {
        while (read(buffer, 0, buffer.length) >= 0) {
            // Hashed and counted by reading.
        }
    }

    /// {@return the digest of all that was read}
    Digest digest() {
        if (hash == null) {
            throw new IllegalStateException("not hashed");
        }
        return Digest.finish(hash);
    }
}
