package dev.jbuild.oci;

import org.jspecify.annotations.Nullable;

/// An image of one platform, its documents read and verified; its layers are still where they were.
///
/// @param name what it was asked for as; null for an image of a layout
/// @param root what the name points at: the manifest or the index it was picked from. Pinning a name pins this.
/// @param descriptor of the manifest
/// @param rawConfig the bytes that the manifest's config digest is taken of
/// @param config has as many diff IDs as the manifest has layers
public record ResolvedImage(
        @Nullable ImageReference name,
        Descriptor root,
        Descriptor descriptor,
        Manifest manifest,
        JsonBytes rawConfig,
        ImageConfig config) {
    public ResolvedImage {
        int layers = manifest.layers().size();
        int diffIds = config.diffIds().size();
        if (layers != diffIds) {
            throw new MalformedImageException(
                    "image config", "'rootfs.diff_ids' lists " + diffIds + " layers but the manifest has " + layers);
        }
    }
}
