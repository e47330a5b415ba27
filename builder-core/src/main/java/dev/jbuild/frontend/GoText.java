package dev.jbuild.frontend;

import java.time.Duration;
import java.util.List;

/// Texts as Go prints them: the history of an image is written that way by every Dockerfile builder, and people and
/// tools compare it.
final class GoText {
    private GoText() {}

    /// {@return whether Unicode calls a character white space, as Go's `unicode.IsSpace` does}
    static boolean isSpace(int character) {
        return switch (character) {
            case ' ', '\t', '\n', 0x0B, '\f', '\r' -> true;
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> character >= 0x2000 && character <= 0x200A;
        };
    }

    /// {@return `["a" "b"]`, as the verb `%q` prints a list}
    static String quoted(List<String> words) {
        var out = new StringBuilder("[");
        for (String word : words) {
            if (out.length() > 1) {
                out.append(' ');
            }
            quote(word, out);
        }
        return out.append(']').toString();
    }

    /// {@return `[a b]`, as the verb `%v` prints a list}
    static String plain(Iterable<String> words) {
        return "[" + String.join(" ", words) + "]";
    }

    /// {@return for example `1h0m30s`, `5m0s`, `1.5s`, `100ms` or `0s`}
    static String duration(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return fraction(nanos, 1_000) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return fraction(nanos, 1_000_000) + "ms";
        }
        long minutes = duration.toMinutes();
        String seconds = fraction(nanos - minutes * 60_000_000_000L, 1_000_000_000) + "s";
        if (minutes == 0) {
            return seconds;
        }
        String ofHour = minutes % 60 + "m" + seconds;
        return minutes < 60 ? ofHour : minutes / 60 + "h" + ofHour;
    }

    private static String fraction(long nanos, long unit) {
        long rest = nanos % unit;
        if (rest == 0) {
            return Long.toString(nanos / unit);
        }
        String digits = Long.toString(unit + rest).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return nanos / unit + "." + digits.substring(0, end);
    }

    private static void quote(String word, StringBuilder out) {
        out.append('"');
        word.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case 0x07 -> out.append("\\a");
                case 0x0B -> out.append("\\v");
                default -> quoteRest(c, out);
            }
        });
        out.append('"');
    }

    private static void quoteRest(int codePoint, StringBuilder out) {
        if (isPrintable(codePoint)) {
            out.appendCodePoint(codePoint);
        } else if (codePoint < 0x80) {
            out.append("\\x").append(hex(codePoint, 2));
        } else if (codePoint < 0x10000) {
            out.append("\\u").append(hex(codePoint, 4));
        } else {
            out.append("\\U").append(hex(codePoint, 8));
        }
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }

    private static String hex(int value, int digits) {
        String text = Integer.toHexString(value);
        return "0".repeat(digits - text.length()) + text;
    }
}
