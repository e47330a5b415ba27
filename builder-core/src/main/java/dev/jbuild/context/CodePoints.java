package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.Arrays;

/// Bytes of a name as numbers to compare: a code point for each UTF-8 character, and for each byte that belongs to no
/// character its negated value, which equals nothing but the same byte.
final class CodePoints {
    private CodePoints() {}

    static int[] decode(ByteString text) {
        var points = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int point = pointAt(text, i);
            points[count++] = point;
            i += width(point);
        }
        return Arrays.copyOf(points, count);
    }

    /// {@return the number at a place in a text}
    static int pointAt(ByteString text, int start) {
        int length = sequenceLength(text, start);
        return length == 0 ? -(text.byteAt(start) & 0xff) : decodeOne(text, start, length);
    }

    /// {@return whether Unicode calls it white space}
    static boolean isSpace(int point) {
        return switch (point) {
            case '\t', '\n', 0x0b, '\f', '\r', ' ', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> point >= 0x2000 && point <= 0x200a;
        };
    }

    /// {@return the text without white space around it}
    static ByteString trim(ByteString text) {
        int[] points = decode(text);
        int first = 0;
        int last = points.length;
        int start = 0;
        int end = text.length();
        while (first < last && isSpace(points[first])) {
            start += width(points[first++]);
        }
        while (last > first && isSpace(points[last - 1])) {
            end -= width(points[--last]);
        }
        return text.substring(start, end);
    }

    /// {@return how many bytes a number stands for}
    static int width(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }

    private static int decodeOne(ByteString text, int start, int length) {
        int first = text.byteAt(start) & 0xff;
        int point = length == 1 ? first : first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            point = point << 6 | (text.byteAt(start + i) & 0x3f);
        }
        return point;
    }

    /// {@return length of the valid UTF-8 sequence at `start`, or 0}
    private static int sequenceLength(ByteString text, int start) {
        int first = text.byteAt(start) & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = announcedLength(first);
        if (length == 0 || start + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text.byteAt(start + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        int point = decodeOne(text, start, length);
        boolean shortest = width(point) == length;
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return shortest && !surrogate && point <= Character.MAX_CODE_POINT ? length : 0;
    }

    private static int announcedLength(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        if (first < 0xe0) {
            return 2;
        }
        return first < 0xf0 ? 3 : 4;
    }
}
