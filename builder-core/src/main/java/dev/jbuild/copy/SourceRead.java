package dev.jbuild.copy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;

/// One thing that a copy reads.
///
/// @param path below the root of its tree, before links are followed: its last name may become the name of the copy
/// @param contentDigest of the file, or of a directory with all below it; without times
public record SourceRead(ByteString path, Digest contentDigest) {}
