package dev.jbuild.image;

import dev.jbuild.oci.Descriptor;
import java.time.Instant;

/// What a name was when it was last asked for.
///
/// @param root the manifest or index the name pointed at
/// @param resolved when
public record Pin(Descriptor root, Instant resolved) {}
