package dev.jbuild.collect;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// Sizes and durations as people write them.
public final class Amounts {
    private static final int PERCENT = 100;

    private Amounts() {}

    /// {@return bytes, of `10GB` (decimal), `10GiB` (binary), `500MB`, `1000` or `20%`}
    ///
    /// @param total what 100 % are
    /// @throws PolicyException when `text` is no size
    public static long bytes(String text, long total) {
        int digits = digits(text, 0);
        String unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
        BigDecimal number = number(text.substring(0, digits), text);
        long factor = switch (unit) {
            case "", "b" -> 1;
            case "k", "kb" -> 1000L;
            case "kib" -> 1L << 10;
            case "m", "mb" -> 1_000_000L;
            case "mib" -> 1L << 20;
            case "g", "gb" -> 1_000_000_000L;
            case "gib" -> 1L << 30;
            case "t", "tb" -> 1_000_000_000_000L;
            case "tib" -> 1L << 40;
            case "%" -> -1;
            default -> throw noSize(text);
        };
        if (factor < 0 && number.compareTo(BigDecimal.valueOf(PERCENT)) > 0) {
            throw new PolicyException("'" + text + "' is more than there is, write at most 100%");
        }
        BigDecimal bytes = factor > 0
                ? number.multiply(BigDecimal.valueOf(factor))
                : number.multiply(BigDecimal.valueOf(total)).divide(BigDecimal.valueOf(PERCENT));
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    private static PolicyException noSize(String text) {
        return new PolicyException("'" + text + "' is no size, write for example 10GB, 512MiB or 20%");
    }

    private static BigDecimal number(String digits, String text) {
        // Longer numbers mean no size of a disk, and are slow to parse.
        if (digits.isEmpty() || digits.length() > 30) {
            throw noSize(text);
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException invalid) {
            throw noSize(text);
        }
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    /// {@return the time of `24h`, `1h30m`, `90s` or `7d`}
    ///
    /// @throws PolicyException when `text` is none
    public static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int end = digits(text, at);
            if (end == at || end == text.length() || end - at > 9) {
                throw noDuration(text);
            }
            long number;
            try {
                number = Long.parseLong(text.substring(at, end));
            } catch (NumberFormatException fraction) {
                throw noDuration(text);
            }
            sum = sum.plus(
                    switch (text.charAt(end)) {
                        case 's' -> Duration.ofSeconds(number);
                        case 'm' -> Duration.ofMinutes(number);
                        case 'h' -> Duration.ofHours(number);
                        case 'd' -> Duration.ofDays(number);
                        default -> throw noDuration(text);
                    });
            at = end + 1;
        }
        if (text.isEmpty()) {
            throw noDuration(text);
        }
        return sum;
    }

    private static PolicyException noDuration(String text) {
        return new PolicyException("'" + text + "' is no time, write for example 24h, 1h30m or 7d");
    }
}
