package dev.jbuild.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer to an [Exchange], its body not read yet. Whoever gets one closes it.
///
/// @param uri who answered, after redirects
/// @param headers by name, in whatever case
/// @param body fails when nothing comes for a while; closing it gives up the connection
public record Response(URI uri, int status, Map<String, List<String>> headers, InputStream body)
        implements AutoCloseable {
    /// What an error page may take of our memory; the message is at its beginning.
    private static final int MAX_ERROR_BODY = 64 << 10;

    /// {@return the first header of that name, null when there is none}
    public @Nullable String header(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /// {@return all headers of that name in their order}
    public List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /// {@return the announced number of bytes of the body, -1 when there is none}
    public long contentLength() {
        String length = header("content-length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException nonsense) {
            return -1;
        }
    }

    /// {@return the first 64 KiB of the body}
    public byte[] errorBody() throws IOException {
        return body.readNBytes(MAX_ERROR_BODY);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException failure) {
            throw new IllegalStateException("closing only gives up", failure);
        }
    }
}
