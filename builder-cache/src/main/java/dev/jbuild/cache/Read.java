package dev.jbuild.cache;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;

/// A file or tree that a step reads from outside the root it stands on.
///
/// @param path as it is called where it comes from
/// @param contentDigest of the file, or of the whole tree; without modification times
public record Read(ByteString path, Digest contentDigest) {}
