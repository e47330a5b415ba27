package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.util.SortedMap;

/// What has to be read of a file because its status does not say it.
///
/// @param contentDigest of its bytes
/// @param xattrs only those that a layer may hold; nearly always none
public record FileFacts(Digest contentDigest, SortedMap<ByteString, ByteString> xattrs) {}
