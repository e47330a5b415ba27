package dev.jbuild.http;

import dev.jbuild.linux.ByteString;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing to ask a server.
///
/// @param headers may be sent to any server that is redirected to: nothing secret
/// @param body of a POST; null otherwise
/// @param authorization value of the header; sent to the origin of `uri` alone
/// @param followRedirects false where an answer from elsewhere is no answer
public record Exchange(
        Method method,
        URI uri,
        Map<String, String> headers,
        @Nullable ByteString body,
        @Nullable String authorization,
        boolean followRedirects) {
    /// What is wanted: the thing, only what is said about it, or an answer to what is sent. A POST may be sent again,
    /// so it must be a question too.
    public enum Method {
        GET,
        HEAD,
        POST
    }

    public static Exchange get(URI uri, Map<String, String> headers) {
        return new Exchange(Method.GET, uri, headers, null, null, true);
    }

    public static Exchange post(URI uri, Map<String, String> headers, ByteString body) {
        return new Exchange(Method.POST, uri, headers, body, null, true);
    }

    public Exchange withAuthorization(@Nullable String value) {
        return new Exchange(method, uri, headers, body, value, followRedirects);
    }

    public Exchange withoutRedirects() {
        return new Exchange(method, uri, headers, body, authorization, false);
    }
}
