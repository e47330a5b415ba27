package dev.jbuild.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the stored bytes of a sparse file belong; everything else is zeros. The segments are offset and length
/// in turn, ascending and apart from each other.
final class SparseMap {
    private final long[] segments;
    private final long size;

    private SparseMap(long[] segments, long size) {
        this.segments = segments;
        this.size = size;
    }

    /// {@return the map of these numbers, or null when they overlap, go backwards or leave the file}
    static @Nullable SparseMap of(List<Long> numbers, long size) {
        if (numbers.size() % 2 != 0) {
            return null;
        }
        long[] segments = new long[numbers.size()];
        long end = 0;
        for (int i = 0; i < segments.length; i += 2) {
            long offset = numbers.get(i);
            long length = numbers.get(i + 1);
            if (offset < end || length < 0 || length > size - offset) {
                return null;
            }
            segments[i] = offset;
            segments[i + 1] = length;
            end = offset + length;
        }
        return new SparseMap(segments, size);
    }

    int segments() {
        return segments.length / 2;
    }

    long start(int segment) {
        return segments[2 * segment];
    }

    long end(int segment) {
        return segments[2 * segment] + segments[2 * segment + 1];
    }

    /// {@return length of the file with its holes}
    long size() {
        return size;
    }

    long storedBytes() {
        long stored = 0;
        for (int i = 1; i < segments.length; i += 2) {
            stored += segments[i];
        }
        return stored;
    }

    /// Reads `count` pairs of 12-byte fields of GNU tar's old format into `numbers`; a pair that begins with
    /// NUL ends them. {@return whether all are numbers}
    static boolean addOldGnu(byte[] block, int offset, int count, List<Long> numbers) {
        for (int i = 0; i < count; i++) {
            int at = offset + 24 * i;
            if (block[at] == 0) {
                return true;
            }
            Long start = TarNumber.parse(block, at, 12);
            Long length = TarNumber.parse(block, at + 12, 12);
            if (start == null || length == null) {
                return false;
            }
            numbers.add(start);
            numbers.add(length);
        }
        return true;
    }
}
