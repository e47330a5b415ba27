package dev.jbuild.layer;

import java.util.Arrays;

/// The last bytes of a frame: what matches may refer to, and what is not read yet.
///
/// It grows with the content up to the window size that the frame asks for and some slack, so that a small file
/// with a large window costs little.
final class ZstdWindow {
    /// Small enough for the smallest frames.
    private static final int START_SIZE = 1 << 18;

    private byte[] bytes = new byte[START_SIZE];
    private int windowSize;
    /// Where the current frame begins, or what is left of it.
    private int frameStart;
    private int readAt;
    private int end;
    private int blockEnd;

    /// Everything before must have been read.
    void startFrame(int size) {
        windowSize = size;
        frameStart = 0;
        readAt = 0;
        end = 0;
        blockEnd = 0;
    }

    /// Makes room for a block of at most `max` bytes. Everything before must have been read.
    void startBlock(int max) {
        if (bytes.length - end < max) {
            int slack = Math.max(8 * Zstd.MAX_BLOCK, windowSize / 4);
            int limit = windowSize + slack;
            if (bytes.length < limit) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * bytes.length));
            }
            if (bytes.length - end < max) {
                int kept = Math.min(windowSize, end - frameStart);
                System.arraycopy(bytes, end - kept, bytes, 0, kept);
                frameStart = 0;
                end = kept;
            }
        }
        readAt = end;
        blockEnd = end + max;
    }

    /// {@return the bytes, of which those from [#blockStart()] to [#end()] are the current block}
    byte[] bytes() {
        return bytes;
    }

    int blockStart() {
        return readAt;
    }

    int end() {
        return end;
    }

    void append(byte[] source, int offset, int count) throws CorruptStreamException {
        Zstd.check(count <= blockEnd - end, "block of more bytes than allowed");
        System.arraycopy(source, offset, bytes, end, count);
        end += count;
    }

    void fill(byte value, int count) throws CorruptStreamException {
        Zstd.check(count <= blockEnd - end, "block of more bytes than allowed");
        Arrays.fill(bytes, end, end + count, value);
        end += count;
    }

    /// Appends `count` bytes that stand `offset` bytes before, which they may overlap.
    void repeat(long offset, int count) throws CorruptStreamException {
        Zstd.check(count <= blockEnd - end, "block of more bytes than allowed");
        Zstd.check(offset > 0 && offset <= windowSize && offset <= end - frameStart, "offset outside the window");
        int from = end - (int) offset;
        if (offset >= count) {
            System.arraycopy(bytes, from, bytes, end, count);
        } else {
            for (int i = 0; i < count; i++) {
                bytes[end + i] = bytes[from + i];
            }
        }
        end += count;
    }

    int unread() {
        return end - readAt;
    }

    int read(byte[] target, int offset, int length) {
        int count = Math.min(length, end - readAt);
        System.arraycopy(bytes, readAt, target, offset, count);
        readAt += count;
        return count;
    }
}
