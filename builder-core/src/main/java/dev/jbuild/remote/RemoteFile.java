package dev.jbuild.remote;

import dev.jbuild.oci.Digest;
import java.time.Instant;

/// What is known of a file that was downloaded.
///
/// @param validators how its server is asked whether it is still the same
/// @param contentDigest SHA-256 of its bytes
/// @param size in bytes
/// @param modified when its server says that it changed; the epoch when it says nothing
public record RemoteFile(Validators validators, Digest contentDigest, long size, Instant modified) {
    /// {@return `known`, which this must have the bytes of}
    ///
    /// @throws RemoteFileException when it has other ones
    public RemoteFile requireSame(FileAddress address, RemoteFile known) {
        if (!contentDigest.equals(known.contentDigest)) {
            throw RemoteFileException.unavailable(address, "the file changed since its server was asked; build again");
        }
        return known;
    }
}
