package dev.jbuild.layer;

import java.util.Arrays;

/// A decoding table of finite state entropy.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1">RFC 8878, FSE</a>
final class ZstdFseTable {
    private final int accuracyLog;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;

    private ZstdFseTable(int accuracyLog) {
        this.accuracyLog = accuracyLog;
        int size = 1 << accuracyLog;
        this.symbols = new byte[size];
        this.bits = new byte[size];
        this.bases = new short[size];
    }

    /// {@return the table that always gives `symbol` and reads nothing}
    static ZstdFseTable constant(int symbol) {
        var table = new ZstdFseTable(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    /// {@return the table of normalized counts, -1 for "less than one"}
    static ZstdFseTable of(int accuracyLog, int... counts) throws CorruptStreamException {
        var table = new ZstdFseTable(accuracyLog);
        int size = 1 << accuracyLog;
        int high = size;
        int[] next = new int[counts.length];
        for (int symbol = 0; symbol < counts.length; symbol++) {
            next[symbol] = Math.abs(counts[symbol]);
            if (counts[symbol] == -1) {
                table.symbols[--high] = (byte) symbol;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                table.symbols[position] = (byte) symbol;
                do {
                    position = (position + step) & (size - 1);
                } while (position >= high);
            }
        }
        Zstd.check(position == 0, "impossible distribution");
        for (int state = 0; state < size; state++) {
            int number = next[table.symbols[state] & 0xff]++;
            int width = accuracyLog - (31 - Integer.numberOfLeadingZeros(number));
            table.bits[state] = (byte) width;
            table.bases[state] = (short) ((number << width) - size);
        }
        return table;
    }

    int accuracyLog() {
        return accuracyLog;
    }

    int symbol(int state) {
        return symbols[state] & 0xff;
    }

    int bits(int state) {
        return bits[state];
    }

    /// {@return the state behind `state`} Only valid for states of this table: the lowest bits come from the
    /// stream, so the result is one too.
    int next(int state, ZstdBits stream) {
        return bases[state] + stream.read(bits[state]);
    }

    /// A table as it stands in a block, and how long it was.
    static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int bit;

        /// @param bytes with [ZstdBits#PADDING] bytes behind `end`
        Reader(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.end = end;
            this.bit = 8 * start;
        }

        /// {@return index of the first byte behind the table}
        int position() {
            return (bit + 7) >>> 3;
        }

        ZstdFseTable read(int maxAccuracyLog, int maxSymbol) throws CorruptStreamException {
            int accuracyLog = take(4) + 5;
            Zstd.check(accuracyLog <= maxAccuracyLog, "table too large");
            int[] counts = new int[maxSymbol + 1];
            int symbol = 0;
            int remaining = 1 << accuracyLog;
            while (remaining > 0) {
                Zstd.check(symbol <= maxSymbol, "too many symbols in a table");
                int count = count(remaining);
                counts[symbol++] = count;
                remaining -= Math.abs(count);
                if (count == 0) {
                    int zeros;
                    do {
                        zeros = take(2);
                        symbol += zeros;
                    } while (zeros == 3 && symbol <= maxSymbol);
                }
            }
            Zstd.check(remaining == 0 && position() <= end, "damaged table");
            return of(accuracyLog, Arrays.copyOf(counts, Math.min(symbol, counts.length)));
        }

        /// A count takes one bit less when it is small.
        private int count(int remaining) throws CorruptStreamException {
            int width = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int value = take(width);
            int lowMask = (1 << (width - 1)) - 1;
            int threshold = (1 << width) - 1 - (remaining + 1);
            if ((value & lowMask) < threshold) {
                bit--;
                value &= lowMask;
            } else if (value > lowMask) {
                value -= threshold;
            }
            return value - 1;
        }

        private int take(int count) throws CorruptStreamException {
            Zstd.check(position() <= end, "table is cut off");
            int value = 0;
            for (int i = 0; i < count; i++, bit++) {
                value |= (bytes[bit >>> 3] >> (bit & 7) & 1) << i;
            }
            return value;
        }
    }
}
