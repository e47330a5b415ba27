package dev.jbuild.build;

import java.nio.file.Path;

/// Where the result of a build goes. Every output appears whole or not at all.
public sealed interface Output {
    /// The file or directory that appears.
    Path destination();

    /// An OCI image layout.
    ///
    /// @param tar as one tar file; otherwise as a directory, in place of nothing but an empty one or a layout
    /// @param rewriteTimes whether nothing in the layers made here is later than SOURCE_DATE_EPOCH
    record Oci(Path destination, boolean tar, boolean rewriteTimes) implements Output {}

    /// The root file system as a tar file, owners kept.
    record Tar(Path destination) implements Output {}

    /// The root file system as files of the calling user, merged into a directory.
    record Local(Path destination) implements Output {}
}
