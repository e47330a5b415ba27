package dev.jbuild.progress;

import java.time.Duration;

/// Durations as progress lines show them. Not a formatter: these stand in front of every line of a log.
final class Seconds {
    private Seconds() {}

    /// {@return `0.083`, `12.34`, `123.4`: four digits until a thousand seconds}
    static String ofLog(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 10_000) {
            return decimal(millis, 3);
        }
        return millis < 100_000 ? decimal((millis + 5) / 10, 2) : ofStep(duration);
    }

    /// {@return `1.3`}
    static String ofStep(Duration duration) {
        return decimal((duration.toMillis() + 50) / 100, 1);
    }

    private static String decimal(long value, int digits) {
        var text = new StringBuilder().append(value);
        while (text.length() <= digits) {
            text.insert(0, '0');
        }
        return text.insert(text.length() - digits, '.').toString();
    }
}
