package dev.jbuild.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// A time as headers say it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, section 5.6.7</a>
public final class HttpDate {
    private HttpDate() {}

    /// {@return the time; null for none and for what is not one}
    public static @Nullable Instant parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException nonsense) {
            return null;
        }
    }
}
