package dev.jbuild.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After`: seconds, or a date.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section 10.2.3</a>
final class RetryAfter {
    /// More digits would be longer than three years.
    private static final int MAX_DIGITS = 8;

    private RetryAfter() {}

    /// {@return how long a server asks to wait, null when it does not say or says nonsense}
    static @Nullable Duration delayOf(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.strip();
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(value.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(value));
        }
        @Nullable Instant until = HttpDate.parse(value);
        if (until == null) {
            return null;
        }
        Duration delay = Duration.between(Instant.now(), until);
        return delay.isNegative() ? Duration.ZERO : delay;
    }
}
