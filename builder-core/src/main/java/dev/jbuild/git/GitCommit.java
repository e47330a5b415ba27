package dev.jbuild.git;

import org.jspecify.annotations.Nullable;

/// What a reference came to on a server.
///
/// @param hash of the commit, 40 hexadecimal digits
/// @param name the full name of the branch or tag that it was found under; null when it was asked for by its hash
/// @param tag hash of the annotated tag that names the commit; null without one
public record GitCommit(
        String hash, @Nullable String name, @Nullable String tag) {

    /// {@return whether the commit or its tag is the one that a checksum means}
    boolean matches(String checksum) {
        return hash.startsWith(checksum) || (tag != null && tag.startsWith(checksum));
    }
}
