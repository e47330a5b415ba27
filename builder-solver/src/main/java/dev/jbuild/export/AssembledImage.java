package dev.jbuild.export;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.operation.Rootfs;

/// An image that only lacks compressed layers and a manifest.
///
/// @param descriptor of the config's bytes
/// @param rootfs one layer for each diff ID of the config
public record AssembledImage(ImageConfig config, JsonBytes configBytes, Descriptor descriptor, Rootfs rootfs) {}
