package dev.jbuild.remote;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Response;
import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Downloads files. Safe for use by several threads.
///
/// Making one costs nothing; the network is touched with the first download.
public final class RemoteFiles implements AutoCloseable {
    /// More than any registry takes as one layer; a server that never ends does not fill the disk for ever.
    private static final long MAX_BYTES = 64L << 30;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Transport transport;
    private final long maxBytes;

    public RemoteFiles() {
        this(TransportLimits.DEFAULT, MAX_BYTES);
    }

    /// @param limits how long the network is waited for
    /// @param maxBytes of a file
    public RemoteFiles(TransportLimits limits, long maxBytes) {
        this.transport = new Transport(limits);
        this.maxBytes = maxBytes;
    }

    /// {@return what the file is now; null when it is still what is `known`, and nothing was downloaded}
    ///
    /// @param known what it was when it was last asked for; null to have it in any case
    /// @param target an empty file that gets the bytes
    /// @throws RemoteFileException when it cannot be had
    /// @throws IOException when `target` cannot be written
    public @Nullable RemoteFile fetchUnlessKnown(FileAddress address, @Nullable RemoteFile known, Fd target)
            throws IOException, InterruptedException {
        if (known == null || known.validators().isEmpty()) {
            return fetch(address, null, target);
        }
        Response response = send(address, known.validators().headers());
        boolean told = response.status() == NOT_MODIFIED;
        boolean same = known.validators().areThoseOf(response) || (told && response.header("etag") == null);
        if (same && (told || response.status() == OK)) {
            response.close();
            return null;
        }
        if (told) {
            // Nothing changed since a state that was not asked about: that says nothing.
            response.close();
            return fetch(address, null, target);
        }
        return new Transfer(this, address, null, target).receive(response);
    }

    /// {@return what the file is}
    ///
    /// @param checksum what its bytes must have; null for any bytes
    /// @param target an empty file that gets the bytes; when they are wrong, it holds them
    /// @throws RemoteFileException when it cannot be had, or is another one
    /// @throws IOException when `target` cannot be written
    public RemoteFile fetch(FileAddress address, @Nullable Digest checksum, Fd target)
            throws IOException, InterruptedException {
        return new Transfer(this, address, checksum, target).receive(send(address, Map.of()));
    }

    /// Ends all downloads.
    @Override
    public void close() {
        transport.close();
    }

    Transport transport() {
        return transport;
    }

    long maxBytes() {
        return maxBytes;
    }

    /// {@return the answer, whatever its status; the caller closes it}
    Response send(FileAddress address, Map<String, String> headers) throws InterruptedException {
        var all = new HashMap<>(headers);
        all.put("Accept", "*/*");
        try {
            return transport.send(Exchange.get(address.uri(), all).withAuthorization(authorization(address)));
        } catch (IOException failure) {
            throw RemoteFileException.unavailable(address, String.valueOf(failure.getMessage()));
        }
    }

    private static @Nullable String authorization(FileAddress address) {
        String login = address.login();
        return login == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
