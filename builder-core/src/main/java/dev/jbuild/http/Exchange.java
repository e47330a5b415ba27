package dev.jbuild.http;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing to ask a server.
///
/// @param headers may be sent to any server that is redirected to: nothing secret
/// @param authorization value of the header; sent to the origin of `uri` alone
/// @param followRedirects false where an answer from elsewhere is no answer
public record Exchange(
        Method method,
        URI uri,
        Map<String, String> headers,
        @Nullable String authorization,
        boolean followRedirects) {
    /// What is wanted: the thing, or only what is said about it.
    public enum Method {
        GET,
        HEAD
    }

    public static Exchange get(URI uri, Map<String, String> headers) {
        return new Exchange(Method.GET, uri, headers, null, true);
    }

    public Exchange withAuthorization(@Nullable String value) {
        return new Exchange(method, uri, headers, value, followRedirects);
    }

    public Exchange withoutRedirects() {
        return new Exchange(method, uri, headers, authorization, false);
    }
}
