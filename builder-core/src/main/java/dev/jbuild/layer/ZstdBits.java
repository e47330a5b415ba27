package dev.jbuild.layer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits of a zstd block read from their end to their start, as Huffman and FSE streams are written.
///
/// The last byte holds a 1 above the first bit to read.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1.1">RFC 8878, bitstreams</a>
final class ZstdBits {
    /// How many readable bytes must follow the end of any bitstream, so that eight can be fetched at once.
    static final int PADDING = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    /// Bits that are left; below zero once more were read than there are.
    private int left;

    /// @param bytes with [#PADDING] bytes behind `end`
    ZstdBits(byte[] bytes, int start, int end) throws CorruptStreamException {
        int last = end > start ? bytes[end - 1] & 0xff : 0;
        if (last == 0) {
            throw Zstd.corrupt("bitstream without an end mark");
        }
        this.bytes = bytes;
        this.start = start;
        this.left = 8 * (end - start) - Integer.numberOfLeadingZeros(last) + 24 - 1;
    }

    int left() {
        return left;
    }

    /// {@return the next `count` bits} What lies before the start is zeros; [#left()] is then negative.
    ///
    /// @param count 31 at most
    int read(int count) {
        int value = peek(count);
        left -= count;
        return value;
    }

    void skip(int count) {
        left -= count;
    }

    int peek(int count) {
        int from = left - count;
        if (from >= 0) {
            long word = (long) LONG.get(bytes, start + (from >>> 3));
            return (int) (word >>> (from & 7)) & ((1 << count) - 1);
        }
        if (left <= 0) {
            return 0;
        }
        long word = (long) LONG.get(bytes, start);
        return (int) (word & ((1L << left) - 1)) << -from;
    }
}
