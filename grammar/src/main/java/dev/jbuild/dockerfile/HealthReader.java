package dev.jbuild.dockerfile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the flags of HEALTHCHECK.
final class HealthReader {
    static final List<Flags.Known> KNOWN = List.of(
            new Flags.Known("interval", Flags.Kind.VALUE),
            new Flags.Known("timeout", Flags.Kind.VALUE),
            new Flags.Known("start-period", Flags.Kind.VALUE),
            new Flags.Known("start-interval", Flags.Kind.VALUE),
            new Flags.Known("retries", Flags.Kind.VALUE));

    private static final long SECOND = 1_000_000_000L;
    private static final String DURATION_FORM = "a number and a unit: 30s, 1m30s, 500ms";

    private final Reading reading;

    HealthReader(Reading reading) {
        this.reading = reading;
    }

    HealthTiming read(Flags flags) {
        return new HealthTiming(
                duration(flags, "interval"),
                duration(flags, "timeout"),
                duration(flags, "start-period"),
                duration(flags, "start-interval"),
                retries(flags));
    }

    private @Nullable Integer retries(Flags flags) {
        var text = flags.text("retries");
        if (text == null || text.value().isEmpty()) {
            return null;
        }
        try {
            var number = Integer.parseInt(text.value());
            if (number >= 0) {
                return number;
            }
            reading.error(Rule.RETRIES, text.range(), "--retries cannot be negative (" + number + ")", null);
        } catch (NumberFormatException notANumber) {
            reading.error(Rule.RETRIES, text.range(), "--retries is a number, not '" + text.value() + "'", null);
        }
        return null;
    }

    private @Nullable Duration duration(Flags flags, String name) {
        var text = flags.text(name);
        if (text == null || text.value().isEmpty()) {
            return null;
        }
        var nanoseconds = nanoseconds(text.value());
        if (nanoseconds < 0) {
            var message = "--" + name + " is a duration, not '" + text.value() + "'";
            reading.error(Rule.DURATION, text.range(), message, DURATION_FORM);
            return null;
        }
        if (nanoseconds > 0 && nanoseconds < SECOND / 1000) {
            reading.error(Rule.DURATION, text.range(), "--" + name + " cannot be less than 1ms", null);
            return null;
        }
        return Duration.ofNanos(nanoseconds);
    }

    /// Reads a duration as Go writes it, for example `1h30m` or `1.5s`.
    ///
    /// @return -1 if it is none
    static long nanoseconds(String text) {
        if (text.equals("0")) {
            return 0;
        }
        var at = text.startsWith("+") ? 1 : 0;
        var total = 0L;
        while (at < text.length()) {
            var numberEnd = skip(text, at, true);
            var unitEnd = skip(text, numberEnd, false);
            var unit = unit(text.substring(numberEnd, unitEnd));
            if (numberEnd == at || unit == 0) {
                return -1;
            }
            try {
                var seconds = new BigDecimal(text.substring(at, numberEnd));
                total = Math.addExact(
                        total,
                        seconds.multiply(BigDecimal.valueOf(unit))
                                .toBigInteger()
                                .longValueExact());
            } catch (ArithmeticException | NumberFormatException tooLargeOrNoNumber) {
                return -1;
            }
            at = unitEnd;
        }
        return text.isEmpty() ? -1 : total;
    }

    private static int skip(String text, int start, boolean number) {
        var at = start;
        while (at < text.length() && isNumber(text.charAt(at)) == number) {
            at++;
        }
        return at;
    }

    private static boolean isNumber(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /// Returns a unit in nanoseconds, 0 if there is no such.
    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "\u00B5s", "\u03BCs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3_600 * SECOND;
            default -> 0;
        };
    }
}
