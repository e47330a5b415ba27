package dev.jbuild.remote;

import dev.jbuild.http.HttpDate;
import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One file on its way. A transfer that breaks off is taken up where it was when the server can say that the file is
/// still the same, and else from the beginning.
final class Transfer {
    /// After so much progress the attempts count anew.
    private static final long PROGRESS = 1 << 20;

    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final RemoteFiles files;
    private final FileAddress address;
    private final @Nullable Digest checksum;
    private final Fd target;
    private final byte[] chunk = new byte[1 << 16];
    private MessageDigest hash = Digest.newHash();
    private @Nullable MessageDigest checked;
    private long position;
    private long furthestAtFailure;
    private int failures;

    /// @param checksum what the bytes must have; null for any
    Transfer(RemoteFiles files, FileAddress address, @Nullable Digest checksum, Fd target) {
        this.files = files;
        this.address = address;
        this.checksum = checksum;
        this.target = target;
        restart();
    }

    /// {@return the file that an answer, and others where it breaks off, bring}
    ///
    /// @param first becomes ours
    RemoteFile receive(Response first) throws IOException, InterruptedException {
        Response response = first;
        while (true) {
            try (var current = response) {
                begin(current);
                @Nullable IOException broken = copy(current);
                if (broken == null) {
                    return finish(current);
                }
                if (!mayTryAgain()) {
                    throw RemoteFileException.unavailable(address, String.valueOf(broken.getMessage()));
                }
            }
            files.transport().pause(failures);
            response = resumed(Validators.of(response));
        }
    }

    private void begin(Response response) {
        if (response.status() == PARTIAL && position > 0) {
            return;
        }
        if (response.status() != OK) {
            throw RemoteFileException.unavailable(
                    address, "the server" + elsewhere(response) + " answered " + response.status());
        }
        if (response.contentLength() > files.maxBytes()) {
            throw tooLarge();
        }
        restart();
    }

    private void restart() {
        position = 0;
        hash = Digest.newHash();
        checked = checksum == null ? null : checksum.newMatchingHash();
    }

    /// {@return why no more came; null at the end of the file}
    private @Nullable IOException copy(Response response) throws IOException, InterruptedException {
        while (true) {
            int count;
            try {
                count = response.body().read(chunk);
            } catch (InterruptedIOException interrupted) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the download was stopped");
                }
                return interrupted;
            } catch (IOException broken) {
                return broken;
            }
            if (count < 0) {
                return null;
            }
            if (position + count > files.maxBytes()) {
                throw tooLarge();
            }
            target.writeAt(position, chunk, 0, count);
            hash.update(chunk, 0, count);
            if (checked != null) {
                checked.update(chunk, 0, count);
            }
            position += count;
        }
    }

    private boolean mayTryAgain() {
        if (position - furthestAtFailure >= PROGRESS) {
            failures = 0;
        }
        furthestAtFailure = Math.max(furthestAtFailure, position);
        failures++;
        return failures < files.transport().limits().attempts();
    }

    private Response resumed(Validators validators) throws InterruptedException {
        @Nullable String etag = validators.etag();
        if (position == 0 || etag == null || !validators.isStrong()) {
            return files.send(address, Map.of());
        }
        Response partial = files.send(address, Map.of("Range", "bytes=" + position + "-", "If-Range", etag));
        @Nullable String range = partial.header("content-range");
        boolean continues = range != null && range.startsWith("bytes " + position + "-");
        if (partial.status() == OK || (partial.status() == PARTIAL && continues)) {
            return partial;
        }
        partial.close();
        return files.send(address, Map.of());
    }

    private RemoteFile finish(Response response) throws IOException {
        target.truncate(position);
        Digest content = Digest.finish(hash);
        if (checksum != null && checked != null) {
            Digest got = new Digest(checksum.algorithm(), HexFormat.of().formatHex(checked.digest()));
            if (!got.equals(checksum)) {
                throw RemoteFileException.wrong(
                        "digest mismatch for " + address + ": " + got + " (expected: " + checksum + ")");
            }
        }
        @Nullable Instant modified = HttpDate.parse(response.header("last-modified"));
        return new RemoteFile(Validators.of(response), content, position, modified == null ? Instant.EPOCH : modified);
    }

    private RemoteFileException tooLarge() {
        return RemoteFileException.unavailable(address, "the file is larger than " + files.maxBytes() + " bytes");
    }

    private String elsewhere(Response response) {
        Origin origin = Origin.of(response.uri());
        return origin == null || origin.equals(Origin.of(address.uri())) ? "" : " " + origin;
    }
}
