package dev.jbuild.layer;

import org.jspecify.annotations.Nullable;

/// Numbers of a tar header and of PAX records. Null is always "this is not a number".
final class TarNumber {
    private TarNumber() {}

    /// {@return the number in a field: octal text, or base-256 as GNU tar writes what octal cannot hold}
    ///
    /// Leading spaces and NULs are skipped, and a field of nothing else is 0; what stands behind a space or NUL
    /// that ends the digits is not looked at, as in GNU tar.
    static @Nullable Long parse(byte[] block, int offset, int length) {
        if ((block[offset] & 0x80) != 0) {
            return base256(block, offset, length);
        }
        int end = offset + length;
        int at = offset;
        while (at < end && (block[at] == ' ' || block[at] == 0)) {
            at++;
        }
        long value = 0;
        for (; at < end && block[at] != ' ' && block[at] != 0; at++) {
            int digit = block[at] - '0';
            if (digit < 0 || digit > 7 || value >>> 60 != 0) {
                return null;
            }
            value = value << 3 | digit;
        }
        return value;
    }

    private static @Nullable Long base256(byte[] block, int offset, int length) {
        boolean negative = (block[offset] & 0x40) != 0;
        // The first byte holds the mark and, in fields this long, nothing but the sign.
        long value = negative ? -1 : 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = block[i] & 0xff;
            if (i == offset) {
                digit = negative ? digit | 0x80 : digit & 0x7f;
            }
            long shifted = value << 8 | digit;
            if (shifted >> 8 != value) {
                return null;
            }
            value = shifted;
        }
        return value;
    }

    /// {@return the number that all of these decimal digits write, with a leading `-` if `signed`}
    static @Nullable Long decimal(byte[] text, int from, int to, boolean signed) {
        boolean negative = signed && from < to && text[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to) {
            return null;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return null;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /// {@return the time that decimal seconds write, `-1.5` for instance; digits behind the ninth of the
    /// fraction are dropped}
    static @Nullable Timestamp time(byte[] text) {
        int point = 0;
        while (point < text.length && text[point] != '.') {
            point++;
        }
        Long seconds = decimal(text, 0, point, true);
        if (seconds == null) {
            return null;
        }
        int nanos = 0;
        int scale = 100_000_000;
        for (int i = point + 1; i < text.length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            nanos += digit * scale;
            scale /= 10;
        }
        boolean negative = text[0] == '-';
        if (!negative || nanos == 0) {
            return new Timestamp(seconds, nanos);
        }
        return new Timestamp(seconds - 1, 1_000_000_000 - nanos);
    }
}
