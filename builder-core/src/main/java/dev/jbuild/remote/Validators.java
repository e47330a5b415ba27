package dev.jbuild.remote;

import dev.jbuild.http.HttpDate;
import dev.jbuild.http.Response;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a server calls one state of a file, so that it can be asked whether that is still the state.
///
/// @param etag with its quotes, and with `W/` when the server gave it; null when it gave none
/// @param lastModified as the server wrote it; null when it does not tell two states apart
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8">RFC 9110, section 8.8</a>
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    /// Longer ones are not worth their place in a request.
    private static final int MAX_LENGTH = 1024;

    public Validators {
        etag = sendable(etag);
        lastModified = sendable(lastModified);
    }

    static Validators of(Response response) {
        String modified = response.header("last-modified");
        return new Validators(response.header("etag"), tellsApart(modified, response.header("date")) ? modified : null);
    }

    /// {@return whether there is anything to ask with}
    public boolean isEmpty() {
        return etag == null && lastModified == null;
    }

    /// {@return the headers that ask for the file only when it is in another state}
    Map<String, String> headers() {
        if (etag != null) {
            return Map.of("If-None-Match", etag);
        }
        return lastModified == null ? Map.of() : Map.of("If-Modified-Since", lastModified);
    }

    /// {@return whether an answer is about this state} Some servers give tags and do not compare them.
    boolean areThoseOf(Response response) {
        String other = response.header("etag");
        return etag != null && other != null && opaque(etag).equals(opaque(other));
    }

    /// {@return whether the tag stands for the very bytes}
    boolean isStrong() {
        return etag != null && !etag.startsWith("W/");
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    /// A time counts whole seconds: a file that changes again in the second it was asked for keeps its time.
    private static boolean tellsApart(@Nullable String modified, @Nullable String date) {
        @Nullable Instant then = HttpDate.parse(modified);
        @Nullable Instant now = HttpDate.parse(date);
        return then != null && now != null && then.isBefore(now);
    }

    private static @Nullable String sendable(@Nullable String value) {
        boolean sendable = value != null
                && !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return sendable ? value : null;
    }
}
