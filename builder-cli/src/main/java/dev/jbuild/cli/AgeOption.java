package dev.jbuild.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// An age on the command line: a whole number and a unit, such as `90s`, `30m`, `12h`, `7d` or `2w`.
final class AgeOption {
    /// A hundred years; more would overflow somewhere.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private AgeOption() {}

    /// {@return the age; null when the option was not given}
    ///
    /// @param option its name, for messages
    static @Nullable Duration parse(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        @Nullable Duration unit = text.isEmpty() ? null : unit(text.charAt(text.length() - 1));
        long number = unit == null ? -1 : number(text);
        if (unit == null || number < 0 || number > LONGEST.dividedBy(unit)) {
            throw new UsageException(
                    option + " takes an age, got '" + text + "'", "for example 90s, 30m, 12h, 7d or 2w");
        }
        return unit.multipliedBy(number);
    }

    private static @Nullable Duration unit(char letter) {
        return switch (letter) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> ChronoUnit.DAYS.getDuration();
            case 'w' -> Duration.ofDays(7);
            default -> null;
        };
    }

    /// {@return the digits before the unit as a number; -1 when they are none}
    private static long number(String text) {
        String digits = text.substring(0, text.length() - 1);
        boolean plain =
                !digits.isEmpty() && digits.length() < 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : -1;
    }
}
