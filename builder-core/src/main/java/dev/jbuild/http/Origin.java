package dev.jbuild.http;

import dev.jbuild.oci.Excerpt;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who is on the other end: scheme, host and port. What is secret belongs to exactly one origin.
///
/// @param scheme `http` or `https`
/// @param host lower case
/// @param port never the implied one left out
public record Origin(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// {@return the origin of an address, null when it is not one of HTTP}
    public static @Nullable Origin of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http" -> new Origin(scheme, host, uri.getPort() < 0 ? HTTP_PORT : uri.getPort());
            case "https" -> new Origin(scheme, host, uri.getPort() < 0 ? HTTPS_PORT : uri.getPort());
            default -> null;
        };
    }

    /// {@return whether a host name or address, without port, is this machine}
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || (host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    public boolean isLoopback() {
        return isLoopback(host);
    }

    public boolean isSecure() {
        return scheme.equals("https");
    }

    /// {@return an address for a message: without user information, and without the query, which may be a
    /// signature}
    public static String redacted(URI uri) {
        String authority = uri.getHost() == null ? "" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?...";
        return Excerpt.of(uri.getScheme() + "://" + authority + port + path + query);
    }

    /// {@return host and port as people write them}
    @Override
    public String toString() {
        boolean implied = port == (isSecure() ? HTTPS_PORT : HTTP_PORT);
        return implied ? host : host + ":" + port;
    }
}
