package dev.jbuild.image;

import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Descriptor;
import org.jspecify.annotations.Nullable;

/// A layer of a [LocalImage].
///
/// @param pulledAs the blob it has in a registry or layout; null for a layer made here
/// @param source the image it came from, as [dev.jbuild.oci.ImageReference] writes it, so that a layer that was
///     never fetched can be; null when it came from no registry
public record ImageLayer(
        LayerId id, @Nullable Descriptor pulledAs, @Nullable String source) {}
