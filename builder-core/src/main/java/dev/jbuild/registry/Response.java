package dev.jbuild.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// The answer to an [Exchange], its body not read yet. Whoever gets one closes it.
///
/// @param uri who answered, after redirects
record Response(URI uri, int status, HttpHeaders headers, BodyStream body) implements AutoCloseable {
    /// What an error page may take of our memory; the message is at its beginning.
    private static final int MAX_ERROR_BODY = 64 << 10;

    @Nullable
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /// {@return the announced number of bytes of the body, -1 when there is none}
    long contentLength() {
        return headers.firstValueAsLong("content-length").orElse(-1);
    }

    /// {@return the first 64 KiB of the body}
    byte[] errorBody() throws IOException {
        return body.readNBytes(MAX_ERROR_BODY);
    }

    @Override
    public void close() {
        body.close();
    }
}
