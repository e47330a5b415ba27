package dev.jbuild.export;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.MediaType;
import dev.jbuild.operation.Rootfs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An image that only lacks compressed layers and a manifest.
///
/// @param descriptor of the config's bytes
/// @param rootfs one layer for each diff ID of the config
/// @param epoch SOURCE_DATE_EPOCH of the build; null without one
public record AssembledImage(
        ImageConfig config,
        JsonBytes configBytes,
        Descriptor descriptor,
        Rootfs rootfs,
        @Nullable Instant epoch) {
    static AssembledImage of(ImageConfig config, Rootfs rootfs, @Nullable Instant epoch) {
        JsonBytes bytes = config.toJson();
        var descriptor = Descriptor.of(MediaType.OCI_CONFIG, bytes.digest(), bytes.size());
        return new AssembledImage(config, bytes, descriptor, rootfs, epoch);
    }
}
