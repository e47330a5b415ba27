package dev.jbuild.layer;

/// A Huffman code of literals.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.2">RFC 8878, Huffman coding</a>
final class ZstdHuffman {
    private static final int MAX_BITS = 11;
    private static final int MAX_WEIGHT_LOG = 6;
    private static final int MAX_SYMBOLS = 256;

    private final int maxBits;
    /// Symbol and, in the upper byte, the length of its code, by the next `maxBits` bits.
    private final short[] table;

    private ZstdHuffman(int maxBits) {
        this.maxBits = maxBits;
        this.table = new short[1 << maxBits];
    }

    /// A code as it stands in a block.
    ///
    /// @param end index of the first byte behind it
    record Description(ZstdHuffman code, int end) {}

    static Description read(byte[] bytes, int start, int end) throws CorruptStreamException {
        Zstd.check(start < end, "block is cut off");
        int header = bytes[start] & 0xff;
        int[] weights = new int[MAX_SYMBOLS];
        if (header >= 128) {
            int count = header - 127;
            int behind = start + 1 + (count + 1) / 2;
            Zstd.check(behind <= end, "Huffman weights are cut off");
            for (int i = 0; i < count; i++) {
                int pair = bytes[start + 1 + i / 2];
                weights[i] = (i % 2 == 0 ? pair >> 4 : pair) & 15;
            }
            return new Description(of(weights, count), behind);
        }
        int behind = start + 1 + header;
        Zstd.check(behind <= end, "Huffman weights are cut off");
        return new Description(of(weights, compressedWeights(bytes, start + 1, behind, weights)), behind);
    }

    /// Two FSE states take turns until the bits are used up; then the other one has a last symbol to give.
    private static int compressedWeights(byte[] bytes, int start, int end, int[] weights)
            throws CorruptStreamException {
        var reader = new ZstdFseTable.Reader(bytes, start, end);
        ZstdFseTable fse = reader.read(MAX_WEIGHT_LOG, MAX_BITS + 1);
        var stream = new ZstdBits(bytes, reader.position(), end);
        int state = stream.read(fse.accuracyLog());
        int other = stream.read(fse.accuracyLog());
        Zstd.check(stream.left() >= 0, "Huffman weights are cut off");
        int count = 0;
        while (true) {
            Zstd.check(count < MAX_SYMBOLS - 2, "too many Huffman weights");
            weights[count++] = fse.symbol(state);
            if (stream.left() < fse.bits(state)) {
                weights[count++] = fse.symbol(other);
                return count;
            }
            int next = fse.next(state, stream);
            state = other;
            other = next;
        }
    }

    /// @param count how many weights are given; that of one more symbol follows from them
    private static ZstdHuffman of(int[] weights, int count) throws CorruptStreamException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            Zstd.check(weights[i] <= MAX_BITS + 1, "Huffman weight too large");
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }
        Zstd.check(sum > 0, "no Huffman weights");
        int maxBits = 32 - Integer.numberOfLeadingZeros(sum);
        int missing = (1 << maxBits) - sum;
        Zstd.check(maxBits <= MAX_BITS && Integer.bitCount(missing) == 1, "impossible Huffman weights");
        weights[count] = 32 - Integer.numberOfLeadingZeros(missing);
        var code = new ZstdHuffman(maxBits);
        code.fill(weights, count + 1);
        return code;
    }

    /// Longest codes first, each length in the order of symbols.
    private void fill(int[] weights, int count) throws CorruptStreamException {
        int at = 0;
        for (int weight = 1; weight <= maxBits; weight++) {
            int length = 1 << (weight - 1);
            int bits = maxBits + 1 - weight;
            for (int symbol = 0; symbol < count; symbol++) {
                if (weights[symbol] == weight) {
                    Zstd.check(at + length <= table.length, "impossible Huffman weights");
                    short value = (short) (bits << 8 | symbol);
                    for (int i = 0; i < length; i++) {
                        table[at++] = value;
                    }
                }
            }
        }
        Zstd.check(at == table.length, "impossible Huffman weights");
    }

    /// Decodes exactly `count` bytes from one stream, which they must use up.
    void decode(ZstdBits stream, byte[] target, int offset, int count) throws CorruptStreamException {
        for (int i = offset; i < offset + count; i++) {
            short value = table[stream.peek(maxBits)];
            stream.skip(value >> 8);
            target[i] = (byte) value;
        }
        Zstd.check(stream.left() == 0, "Huffman stream of another length");
    }
}
