package dev.jbuild.frontend;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sizes as people write them: `512`, `64m`, `1.5 GiB`. All units are powers of 1024.
final class ByteSize {
    private static final String UNITS = "kmgtp";
    private static final int LONGEST = 32;

    private ByteSize() {}

    /// {@return the number of bytes, or null when `text` is no size}
    static @Nullable Long parse(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String number = text.substring(0, end);
        String unit = text.substring(end).toLowerCase(Locale.ROOT);
        int power = power(unit.startsWith(" ") ? unit.substring(1) : unit);
        if (power < 0 || text.length() > LONGEST || !isNumber(number)) {
            return null;
        }
        BigDecimal bytes = new BigDecimal(number).multiply(new BigDecimal(1L << (10 * power)));
        return bytes.compareTo(new BigDecimal(Long.MAX_VALUE)) > 0 ? null : bytes.longValue();
    }

    /// {@return how often 1024 is taken: 0 for bytes; -1 for what is no unit}
    private static int power(String unit) {
        int letter = unit.isEmpty() ? -1 : UNITS.indexOf(unit.charAt(0));
        return switch (letter < 0 ? unit : unit.substring(1)) {
            case "", "b", "ib" -> letter + 1;
            default -> -1;
        };
    }

    private static boolean isNumber(String text) {
        int dot = text.indexOf('.');
        return !text.isEmpty()
                && isDigit(text.charAt(0))
                && isDigit(text.charAt(text.length() - 1))
                && dot == text.lastIndexOf('.');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
