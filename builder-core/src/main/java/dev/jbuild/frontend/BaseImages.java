package dev.jbuild.frontend;

import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;

/// Finds images by name. What a name means is pinned here, once for a build.
@FunctionalInterface
public interface BaseImages {
    /// {@return where the image of that name is}; whether there is one shows when it is resolved.
    ImageSource find(ImageReference reference);
}
