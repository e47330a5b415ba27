package dev.jbuild.export;

import dev.jbuild.layer.Compression;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.Manifest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.task.TaskGroup;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Future;

/// An image with compressed layers and a manifest: what leaves this machine.
///
/// @param descriptor of the manifest
/// @param config descriptor of `configBytes`
record PackedImage(Manifest manifest, Descriptor descriptor, Descriptor config, JsonBytes configBytes) {
    /// Compresses the layers of an image that no one has compressed yet; those pulled keep their blobs.
    static PackedImage of(AssembledImage image, LayerStore store, Throttle processors)
            throws IOException, InterruptedException {
        var futures = new ArrayList<Future<Descriptor>>();
        var layers = new ArrayList<Descriptor>();
        try (var group = new TaskGroup()) {
            for (Layer layer : image.rootfs().layers()) {
                futures.add(group.fork(
                        "compress " + layer.id(), () -> processors.call(() -> store.blob(layer, Compression.GZIP))));
            }
            for (Future<Descriptor> future : futures) {
                layers.add(ociLayer(group.awaitOrThrow(future)));
            }
        }
        Manifest manifest = Manifest.of(image.descriptor(), layers, new TreeMap<>());
        Descriptor descriptor = manifest.raw()
                .descriptor(MediaType.OCI_MANIFEST)
                .withPlatform(image.config().platform());
        return new PackedImage(manifest, descriptor, image.descriptor(), image.configBytes());
    }

    /// The same blob under the name that an OCI manifest calls its kind.
    private static Descriptor ociLayer(Descriptor blob) {
        MediaType type = blob.mediaType();
        MediaType named = type;
        if (type.equals(MediaType.DOCKER_LAYER)) {
            named = MediaType.OCI_LAYER;
        } else if (type.equals(MediaType.DOCKER_LAYER_GZIP)) {
            named = MediaType.OCI_LAYER_GZIP;
        } else if (type.equals(MediaType.DOCKER_LAYER_ZSTD)) {
            named = MediaType.OCI_LAYER_ZSTD;
        }
        return Descriptor.of(named, blob.digest(), blob.size());
    }

    List<Descriptor> layers() {
        return manifest.layers();
    }
}
