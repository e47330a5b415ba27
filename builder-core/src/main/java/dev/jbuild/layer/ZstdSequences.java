package dev.jbuild.layer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sequences section of compressed blocks: which literals and which earlier bytes make up the block. One
/// for a frame: tables and recent offsets carry over from block to block.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.2">RFC 8878, sequences section</a>
final class ZstdSequences {
    private static final int[] LENGTH_BASE = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final int[] LENGTH_COUNTS = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    };
    private static final int[] MATCH_COUNTS = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };
    private static final int[] OFFSET_COUNTS = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };
    private static final int MAX_OFFSET_CODE = 31;

    private @Nullable ZstdFseTable lengths;
    private @Nullable ZstdFseTable offsets;
    private @Nullable ZstdFseTable matches;
    private int offset1;
    private int offset2;
    private int offset3;

    /// Where in the block the next table begins.
    private int at;

    void startFrame() {
        lengths = null;
        offsets = null;
        matches = null;
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /// Decodes the block into `window`.
    ///
    /// @param block the section ends at `end`, with [ZstdBits#PADDING] bytes behind it
    void execute(byte[] block, int start, int end, ZstdLiterals literals, ZstdWindow window)
            throws CorruptStreamException {
        Zstd.check(start < end, "block is cut off");
        at = start + 1;
        int count = block[start] & 0xff;
        if (count >= 128) {
            int more = count == 255 ? 2 : 1;
            Zstd.check(end - at >= more, "block is cut off");
            int first = block[at] & 0xff;
            count = more == 1 ? ((count - 128) << 8) + first : first + ((block[at + 1] & 0xff) << 8) + 0x7f00;
            at += more;
        }
        int used = 0;
        if (count > 0) {
            Zstd.check(at < end, "block is cut off");
            int modes = block[at++] & 0xff;
            Zstd.check((modes & 3) == 0, "reserved bits");
            lengths = table(modes >> 6, block, end, Kind.LENGTH, lengths);
            offsets = table(modes >> 4 & 3, block, end, Kind.OFFSET, offsets);
            matches = table(modes >> 2 & 3, block, end, Kind.MATCH, matches);
            used = run(new ZstdBits(block, at, end), count, literals, window);
        } else {
            Zstd.check(at == end, "bytes behind a block");
        }
        window.append(literals.bytes(), used, literals.count() - used);
    }

    /// {@return how many literals were used}
    private int run(ZstdBits stream, int count, ZstdLiterals literals, ZstdWindow window)
            throws CorruptStreamException {
        ZstdFseTable lengthTable = Objects.requireNonNull(lengths);
        ZstdFseTable offsetTable = Objects.requireNonNull(offsets);
        ZstdFseTable matchTable = Objects.requireNonNull(matches);
        int lengthState = stream.read(lengthTable.accuracyLog());
        int offsetState = stream.read(offsetTable.accuracyLog());
        int matchState = stream.read(matchTable.accuracyLog());
        int used = 0;
        for (int i = 0; i < count; i++) {
            int offsetCode = offsetTable.symbol(offsetState);
            int lengthCode = lengthTable.symbol(lengthState);
            int matchCode = matchTable.symbol(matchState);
            long offsetValue = (1L << offsetCode) + (stream.read(offsetCode) & 0xffff_ffffL);
            int match = MATCH_BASE[matchCode] + stream.read(MATCH_BITS[matchCode]);
            int length = LENGTH_BASE[lengthCode] + stream.read(LENGTH_BITS[lengthCode]);
            if (i < count - 1) {
                lengthState = lengthTable.next(lengthState, stream);
                matchState = matchTable.next(matchState, stream);
                offsetState = offsetTable.next(offsetState, stream);
            }
            Zstd.check(stream.left() >= 0, "sequences are cut off");
            Zstd.check(length <= literals.count() - used, "more literals used than there are");
            window.append(literals.bytes(), used, length);
            used += length;
            window.repeat(offset(offsetValue, length == 0), match);
        }
        Zstd.check(stream.left() == 0, "bits behind the sequences");
        return used;
    }

    /// Values 1 to 3 stand for recent offsets; without literals before, the most recent one would make no
    /// sense, so they move on by one.
    private long offset(long value, boolean noLiterals) {
        long offset;
        if (value > 3) {
            offset = value - 3;
        } else {
            int recent = (int) value + (noLiterals ? 1 : 0);
            if (recent == 1) {
                return offset1;
            }
            offset = switch (recent) {
                case 2 -> offset2;
                case 3 -> offset3;
                default -> offset1 - 1;
            };
            if (recent == 2) {
                offset2 = offset1;
                offset1 = (int) offset;
                return offset;
            }
        }
        offset3 = offset2;
        offset2 = offset1;
        // Too large a value is refused by the window before it is used again.
        offset1 = (int) offset;
        return offset;
    }

    /// One of the three tables: how it is when nothing is said, and how large it may be.
    private static final class Kind {
        static final Kind LENGTH = new Kind(6, LENGTH_COUNTS, 9, LENGTH_BASE.length - 1);
        static final Kind OFFSET = new Kind(5, OFFSET_COUNTS, 8, MAX_OFFSET_CODE);
        static final Kind MATCH = new Kind(6, MATCH_COUNTS, 9, MATCH_BASE.length - 1);

        private final int log;
        private final int[] counts;
        private final int maxLog;
        private final int maxSymbol;

        Kind(int log, int[] counts, int maxLog, int maxSymbol) {
            this.log = log;
            this.counts = counts;
            this.maxLog = maxLog;
            this.maxSymbol = maxSymbol;
        }
    }

    private ZstdFseTable table(int mode, byte[] block, int end, Kind kind, @Nullable ZstdFseTable before)
            throws CorruptStreamException {
        return switch (mode) {
            case 0 -> ZstdFseTable.of(kind.log, kind.counts);
            case 1 -> {
                Zstd.check(at < end, "block is cut off");
                int symbol = block[at++] & 0xff;
                Zstd.check(symbol <= kind.maxSymbol, "unknown symbol");
                yield ZstdFseTable.constant(symbol);
            }
            case 2 -> {
                var reader = new ZstdFseTable.Reader(block, at, end);
                ZstdFseTable table = reader.read(kind.maxLog, kind.maxSymbol);
                at = reader.position();
                yield table;
            }
            default -> {
                if (before == null) {
                    throw Zstd.corrupt("repeats a table that was not there");
                }
                yield before;
            }
        };
    }
}
