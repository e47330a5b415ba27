package dev.jbuild.image;

import dev.jbuild.oci.Descriptor;
import java.time.Instant;
import java.util.List;

/// An image that was built here: all that is needed to export it.
///
/// @param config its blob, which names the diff IDs
/// @param layers bottom first, one for each diff ID
/// @param built when it was put into the store under its name; not part of the image
public record LocalImage(Descriptor config, List<ImageLayer> layers, Instant built) {
    public LocalImage {
        layers = List.copyOf(layers);
    }

    /// {@return whether both are the same image, whenever they were built}
    boolean isSameImage(LocalImage other) {
        return config.equals(other.config) && layers.equals(other.layers);
    }
}
