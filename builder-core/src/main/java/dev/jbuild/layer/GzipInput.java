package dev.jbuild.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses gzip: all members one after the other, each with its checksum and length verified.
///
/// The JDK's own stream ignores junk behind the last member without a word; here only zeros may follow, as
/// padding of tapes leaves them.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
final class GzipInput extends InputStream {
    /// Names and comments in a header; a hostile one has no end.
    private static final int MAX_TEXT = 1 << 16;

    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 content = new CRC32();
    private final CRC32 header = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private boolean started;
    private boolean inMember;
    private boolean ended;

    /// @param in is closed with this stream
    GzipInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !startMember()) {
                ended = true;
                break;
            }
            int read = inflate(target, offset, length);
            if (read > 0) {
                content.update(target, offset, read);
                return read;
            }
            if (inflater.finished()) {
                finishMember();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            int read = inflater.inflate(target, offset, length);
            if (read == 0 && inflater.needsDictionary()) {
                throw corrupt("asks for a dictionary");
            }
            if (read == 0 && inflater.needsInput() && !inflater.finished()) {
                require();
                inflater.setInput(buffer, at, end - at);
                at = end;
            }
            return read;
        } catch (DataFormatException e) {
            throw new CorruptStreamException(Compression.GZIP, "damaged data", e);
        }
    }

    /// {@return false when nothing but zeros is left}
    private boolean startMember() throws IOException {
        while (at < end || fill()) {
            if (buffer[at] != 0 || !started) {
                readHeader();
                inflater.reset();
                content.reset();
                inMember = true;
                started = true;
                return true;
            }
            at++;
        }
        if (!started) {
            throw corrupt("empty");
        }
        return false;
    }

    private void readHeader() throws IOException {
        header.reset();
        if (next() != 0x1f || next() != 0x8b) {
            throw corrupt(started ? "junk behind the last member" : "wrong magic");
        }
        int method = next();
        int flags = next();
        if (method != 8 || (flags & 0xe0) != 0) {
            throw corrupt("unknown method or flag");
        }
        for (int i = 0; i < 6; i++) {
            next();
        }
        if ((flags & EXTRA) != 0) {
            for (int left = next() | next() << 8; left > 0; left--) {
                next();
            }
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            int expected = (int) header.getValue() & 0xffff;
            if ((next() | next() << 8) != expected) {
                throw corrupt("wrong checksum of a header");
            }
        }
    }

    private void skipText() throws IOException {
        for (int length = 0; next() != 0; length++) {
            if (length == MAX_TEXT) {
                throw corrupt("endless name in a header");
            }
        }
    }

    private void finishMember() throws IOException {
        at = end - inflater.getRemaining();
        long written = inflater.getBytesWritten();
        if (littleEndian() != (int) content.getValue()) {
            throw corrupt("wrong checksum");
        }
        if (littleEndian() != (int) written) {
            throw corrupt("wrong length");
        }
        inMember = false;
    }

    private int littleEndian() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private int next() throws IOException {
        require();
        header.update(buffer[at]);
        return buffer[at++] & 0xff;
    }

    private void require() throws IOException {
        if (at == end && !fill()) {
            throw corrupt("cut off");
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        at = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    private static CorruptStreamException corrupt(String problem) {
        return new CorruptStreamException(Compression.GZIP, problem);
    }
}
