package dev.jbuild.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/// Passes content on only when it is what its descriptor says.
///
/// The read that would deliver the last byte throws [CorruptContentException] instead when the digest differs or
/// more bytes follow, so a caller that got as many bytes as the descriptor says has verified content, without
/// looking for the end. At most one byte more than the descriptor's size is ever taken from the source. Closing
/// does not read the rest: content that was not read to its end is not verified.
public final class VerifiedInputStream extends FilterInputStream {
    private static final int SKIP_BUFFER = 8192;

    private final Descriptor expected;
    private final MessageDigest hash;
    private long remaining;
    private boolean verified;

    /// @param source is closed with this stream
    public VerifiedInputStream(InputStream source, Descriptor expected) {
        super(source);
        this.expected = expected;
        this.hash = expected.digest().newMatchingHash();
        this.remaining = expected.size();
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            verify();
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new CorruptContentException(
                    expected, "ends after " + (expected.size() - remaining) + " of " + expected.size() + " bytes");
        }
        hash.update(buffer, offset, count);
        remaining -= count;
        if (remaining == 0) {
            verify();
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var buffer = new byte[SKIP_BUFFER];
        long skipped = 0;
        while (skipped < count) {
            int step = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (step < 0) {
                break;
            }
            skipped += step;
        }
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), remaining);
    }

    /// {@return false: what was read cannot be read and hashed again}
    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (in.read() >= 0) {
            throw new CorruptContentException(expected, "goes on after its " + expected.size() + " bytes");
        }
        if (!expected.digest().matches(hash)) {
            throw new CorruptContentException(expected, "has other content than its digest says");
        }
        verified = true;
    }
}
