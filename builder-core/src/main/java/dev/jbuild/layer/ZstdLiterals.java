package dev.jbuild.layer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The literals section of compressed blocks. One for a frame: a block may use the Huffman code of an earlier
/// one.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.1">RFC 8878, literals section</a>
final class ZstdLiterals {
    private static final int RAW = 0;
    private static final int REPEATED_BYTE = 1;
    private static final int COMPRESSED = 2;

    private final byte[] bytes = new byte[Zstd.MAX_BLOCK];
    private int count;
    private @Nullable ZstdHuffman code;

    byte[] bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    void startFrame() {
        code = null;
    }

    /// {@return index of the first byte behind the section}
    ///
    /// @param block with [ZstdBits#PADDING] bytes behind `end`
    int read(byte[] block, int start, int end) throws CorruptStreamException {
        Zstd.check(start < end, "block is cut off");
        int type = block[start] & 3;
        int format = block[start] >> 2 & 3;
        return type <= REPEATED_BYTE
                ? readPlain(block, start, end, type, format)
                : readCoded(block, start, end, type, format);
    }

    private int readPlain(byte[] block, int start, int end, int type, int format) throws CorruptStreamException {
        int headerLength = switch (format) {
            case 1 -> 2;
            case 3 -> 3;
            default -> 1;
        };
        int data = start + headerLength;
        Zstd.check(data <= end, "block is cut off");
        count = (int) (number(block, start, headerLength) >>> (headerLength == 1 ? 3 : 4));
        Zstd.check(count <= Zstd.MAX_BLOCK, "too many literals");
        int stored = type == RAW ? count : 1;
        Zstd.check(stored <= end - data, "literals are cut off");
        if (type == RAW) {
            System.arraycopy(block, data, bytes, 0, count);
        } else {
            Arrays.fill(bytes, 0, count, block[data]);
        }
        return data + stored;
    }

    private int readCoded(byte[] block, int start, int end, int type, int format) throws CorruptStreamException {
        int headerLength = format <= 1 ? 3 : format + 2;
        int sizeBits = format <= 1 ? 10 : 4 * format + 6;
        int data = start + headerLength;
        Zstd.check(data <= end, "block is cut off");
        long header = number(block, start, headerLength) >>> 4;
        count = (int) header & ((1 << sizeBits) - 1);
        int stored = (int) (header >>> sizeBits) & ((1 << sizeBits) - 1);
        Zstd.check(count <= Zstd.MAX_BLOCK, "too many literals");
        Zstd.check(stored <= end - data, "literals are cut off");
        int behind = data + stored;
        if (type == COMPRESSED) {
            ZstdHuffman.Description description = ZstdHuffman.read(block, data, behind);
            code = description.code();
            data = description.end();
        }
        if (code == null) {
            throw Zstd.corrupt("literals without a Huffman code");
        }
        if (format == 0) {
            code.decode(new ZstdBits(block, data, behind), bytes, 0, count);
        } else {
            decodeFour(code, block, data, behind);
        }
        return behind;
    }

    private void decodeFour(ZstdHuffman huffman, byte[] block, int start, int end) throws CorruptStreamException {
        Zstd.check(end - start >= 6, "literals are cut off");
        int part = (count + 3) / 4;
        Zstd.check(3 * part <= count, "too few literals for four streams");
        int at = start + 6;
        for (int i = 0; i < 4; i++) {
            int behind = i == 3 ? end : at + (int) number(block, start + 2 * i, 2);
            Zstd.check(behind <= end, "literals are cut off");
            int length = i == 3 ? count - 3 * part : part;
            huffman.decode(new ZstdBits(block, at, behind), bytes, i * part, length);
            at = behind;
        }
    }

    private static long number(byte[] block, int start, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (block[start + i] & 0xff);
        }
        return value;
    }
}
