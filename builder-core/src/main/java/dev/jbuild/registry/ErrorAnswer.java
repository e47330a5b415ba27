package dev.jbuild.registry;

import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.oci.Excerpt;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that is not the one hoped for, put in words: `registry 127.0.0.1:5000 answered 404 (manifest
/// unknown)`.
///
/// @param status of the answer
/// @param words who answered what
record ErrorAnswer(int status, String words) {
    private static final int MAX_LISTED_ERRORS = 100;

    /// Reads the beginning of the body of the answer for the registry's own words.
    static ErrorAnswer of(Response response) throws IOException {
        Origin origin = Origin.of(response.uri());
        String detail = detail(response.errorBody());
        String asked = response.header("retry-after");
        return new ErrorAnswer(
                response.status(),
                "registry " + origin + " answered " + response.status()
                        + (detail == null ? "" : " (" + detail + ")")
                        + (asked == null ? "" : " and asks to wait " + waiting(asked)));
    }

    /// {@return what the user can do about it}
    String advice() {
        return switch (status) {
            case 404 -> "check the name and tag, or --registry-mirror";
            case 401, 403 -> "the image does not exist or needs a login";
            case 429 -> "too many requests, try again later";
            default -> status >= 500 ? "the registry has a problem, try again later" : "check --registry-mirror";
        };
    }

    boolean retryable() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    private static String waiting(String asked) {
        boolean seconds = asked.strip().chars().allMatch(c -> c >= '0' && c <= '9');
        return seconds ? Excerpt.of(asked.strip()) + " s" : "until " + Excerpt.of(asked);
    }

    /// Error bodies are JSON by the specification and HTML in practice, when a proxy answers.
    private static @Nullable String detail(byte[] body) {
        try {
            JsonFields fields = JsonFields.of("error", OciJson.parse("error", body));
            List<JsonFields> errors = fields.objects("errors", MAX_LISTED_ERRORS);
            if (errors.isEmpty()) {
                return null;
            }
            String message = errors.getFirst().optionalString("message");
            String code = errors.getFirst().optionalString("code");
            String words = message == null || message.isEmpty() ? code : message;
            return words == null || words.isEmpty() ? null : Excerpt.of(words);
        } catch (MalformedImageException notTheSpecified) {
            return null;
        }
    }
}
