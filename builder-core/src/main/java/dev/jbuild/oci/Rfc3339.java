package dev.jbuild.oci;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Times as image documents write them: RFC 3339.
///
/// Written in UTC with `Z`, and with as many digits after the second as are needed and no trailing zeros, as Go's
/// `time.RFC3339Nano` does: `2026-01-01T00:00:00Z`, `2026-01-01T00:00:00.12Z`. Read with any offset and up to
/// nine digits. By hand, because the formatters of `java.time` cost more to load than the whole rest of a
/// document.
final class Rfc3339 {
    /// Years are four digits, RFC 3339 section 5.6.
    private static final long FIRST_SECOND = -62_167_219_200L;

    private static final long LAST_SECOND = 253_402_300_799L;

    private final String text;
    private int at;

    private Rfc3339(String text) {
        this.text = text;
    }

    /// {@return the instant that `text` names}
    ///
    /// @throws DateTimeException when it names none
    static Instant parse(String text) {
        return new Rfc3339(text).parse();
    }

    /// {@return the text of an instant}
    ///
    /// @throws IllegalArgumentException when its year does not have four digits
    static String print(Instant time) {
        if (time.getEpochSecond() < FIRST_SECOND || time.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException("no RFC 3339 time: second " + time.getEpochSecond());
        }
        var utc = time.atOffset(ZoneOffset.UTC);
        var out = new StringBuilder(30);
        append(out, utc.getYear(), 4).append('-');
        append(out, utc.getMonthValue(), 2).append('-');
        append(out, utc.getDayOfMonth(), 2).append('T');
        append(out, utc.getHour(), 2).append(':');
        append(out, utc.getMinute(), 2).append(':');
        append(out, utc.getSecond(), 2);
        if (utc.getNano() != 0) {
            append(out.append('.'), utc.getNano(), 9);
            while (out.charAt(out.length() - 1) == '0') {
                out.setLength(out.length() - 1);
            }
        }
        return out.append('Z').toString();
    }

    private static StringBuilder append(StringBuilder out, int number, int digits) {
        String text = Integer.toString(number);
        return out.repeat("0", digits - text.length()).append(text);
    }

    private Instant parse() {
        int year = digits(4, '-');
        int month = digits(2, '-');
        int day = digits(2, 'T');
        int hour = digits(2, ':');
        int minute = digits(2, ':');
        int second = digits(2, '\0');
        int nanos = fraction();
        int offset = offset();
        if (at != text.length()) {
            throw invalid();
        }
        // A leap second is the second before it: java.time has none.
        var local = LocalDateTime.of(year, month, day, hour, minute, second == 60 ? 59 : second);
        return Instant.ofEpochSecond(local.toEpochSecond(ZoneOffset.UTC) - offset, nanos);
    }

    private int digits(int count, char separator) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number * 10 + digit();
        }
        if (separator != '\0' && Character.toUpperCase(next()) != separator) {
            throw invalid();
        }
        return number;
    }

    private int fraction() {
        if (at >= text.length() || text.charAt(at) != '.') {
            return 0;
        }
        at++;
        int nanos = 0;
        int unit = 100_000_000;
        do {
            nanos += digit() * unit;
            unit /= 10;
        } while (unit > 0 && at < text.length() && Character.digit(text.charAt(at), 10) >= 0);
        return nanos;
    }

    private int offset() {
        char sign = next();
        return switch (sign) {
            case 'Z', 'z' -> 0;
            case '+', '-' -> {
                int hours = digits(2, ':');
                int minutes = digits(2, '\0');
                if (hours > 23 || minutes > 59) {
                    throw invalid();
                }
                int seconds = (hours * 60 + minutes) * 60;
                yield sign == '+' ? seconds : -seconds;
            }
            default -> throw invalid();
        };
    }

    private int digit() {
        char c = next();
        if (c < '0' || c > '9') {
            throw invalid();
        }
        return c - '0';
    }

    private char next() {
        if (at >= text.length()) {
            throw invalid();
        }
        return text.charAt(at++);
    }

    private DateTimeException invalid() {
        return new DateTimeException("no RFC 3339 time: " + Excerpt.quoted(text));
    }
}
