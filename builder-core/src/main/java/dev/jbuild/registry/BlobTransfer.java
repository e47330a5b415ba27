package dev.jbuild.registry;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Response;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bytes of one blob from one endpoint. A transfer that breaks off is taken up where it was (`Range`), or,
/// where a server cannot do that, from the beginning without passing the first bytes on again. Whether the bytes
/// are right is looked at by [dev.jbuild.oci.VerifiedInputStream] above, over all of them.
final class BlobTransfer extends InputStream {
    /// After so much progress the attempts count anew.
    private static final long PROGRESS = 1 << 20;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final RegistryClient client;
    private final RegistryEndpoint endpoint;
    private final String repository;
    private final Descriptor blob;
    private @Nullable Response response;
    private boolean broken;
    private long position;

    /// Bytes at the beginning of the current body that were passed on already.
    private long surplus;

    private long positionAtFailure;
    private int failures;

    BlobTransfer(RegistryClient client, RegistryEndpoint endpoint, String repository, Descriptor blob) {
        this.client = client;
        this.endpoint = endpoint;
        this.repository = repository;
        this.blob = blob;
    }

    /// Asks for the blob; fails when the endpoint does not have it.
    void start() throws IOException, InterruptedException {
        response = request(Map.of());
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        while (true) {
            if (broken) {
                resume();
                broken = false;
            }
            try {
                body().skipNBytes(surplus);
                surplus = 0;
                int count = body().read(buffer, offset, length);
                if (count >= 0) {
                    position += count;
                    return count;
                }
                if (position >= blob.size() || !mayTryAgain()) {
                    return -1;
                }
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (IOException failure) {
                if (!mayTryAgain()) {
                    throw new IOException("registry " + endpoint + ": " + failure.getMessage(), failure);
                }
            }
            broken = true;
        }
    }

    @Override
    public void close() {
        if (response != null) {
            response.close();
        }
    }

    private InputStream body() {
        if (response == null) {
            throw new IllegalStateException("not started");
        }
        return response.body();
    }

    private boolean mayTryAgain() {
        if (position - positionAtFailure >= PROGRESS) {
            failures = 0;
        }
        positionAtFailure = position;
        failures++;
        return failures < client.transport().limits().attempts();
    }

    private void resume() throws IOException {
        try {
            close();
            client.transport().pause(failures);
            response = position == 0 ? request(Map.of()) : resumed();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var failure = new InterruptedIOException("interrupted while reading from the network");
            failure.initCause(interrupted);
            throw failure;
        }
    }

    private Response resumed() throws IOException, InterruptedException {
        Response partial = request(Map.of("Range", "bytes=" + position + "-"));
        String range = partial.header("content-range");
        boolean continues = partial.status() == PARTIAL && range != null && range.startsWith("bytes " + position + "-");
        surplus = continues ? 0 : position;
        if (continues || partial.status() == OK) {
            return partial;
        }
        partial.close();
        return request(Map.of());
    }

    private Response request(Map<String, String> headers) throws IOException, InterruptedException {
        var uri = endpoint.locate(repository, "blobs", blob.digest().toString());
        Response answer = client.send(endpoint, repository, Exchange.get(uri, headers));
        int status = answer.status();
        boolean rangeAnswer = !headers.isEmpty() && (status == PARTIAL || status == RANGE_NOT_SATISFIABLE);
        if (status != OK && !rangeAnswer) {
            try (answer) {
                throw new RefusedException(ErrorAnswer.of(answer));
            }
        }
        long announced = answer.contentLength();
        if (status == OK && announced >= 0 && announced != blob.size()) {
            answer.close();
            throw new CorruptContentException(
                    blob, "is announced with " + announced + " bytes instead of " + blob.size());
        }
        return answer;
    }
}
