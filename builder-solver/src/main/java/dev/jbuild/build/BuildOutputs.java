package dev.jbuild.build;

import dev.jbuild.cache.Store;
import dev.jbuild.export.AssembledImage;
import dev.jbuild.export.Exporter;
import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.LocalImage;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.MediaType;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerOrigin;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts an image where the request wants it: always into the local store, and into its outputs.
final class BuildOutputs {
    private final BuildRequest request;
    private final Store store;
    private final Throttle processors;

    BuildOutputs(BuildRequest request, Store store, Throttle processors) {
        this.request = request;
        this.store = store;
        this.processors = processors;
    }

    /// {@return the image's manifest, when an output has one}
    @Nullable
    Descriptor write(AssembledImage image) throws IOException, InterruptedException {
        keep(image);
        @Nullable Descriptor manifest = null;
        var exporter = new Exporter(store.layers(), store.blobs(), image, processors);
        for (Output output : request.outputs()) {
            switch (output) {
                case Output.Oci(Path destination, boolean tar) ->
                    manifest = exporter.writeOci(destination, request.tags(), tar);
                case Output.Tar(Path destination) -> exporter.writeTar(destination);
                case Output.Local(Path destination) -> exporter.writeLocal(destination);
            }
        }
        return manifest;
    }

    static BuildResult result(BuildRequest request, AssembledImage image, @Nullable Descriptor manifest) {
        List<String> tags =
                request.tags().stream().map(ImageReference::toString).toList();
        return new BuildResult(image.descriptor().digest(), manifest, tags);
    }

    private void keep(AssembledImage image) throws IOException {
        var layers = new ArrayList<ImageLayer>();
        for (Layer layer : image.rootfs().layers()) {
            @Nullable LayerOrigin origin = layer.origin();
            layers.add(new ImageLayer(layer.id(), origin == null ? null : origin.descriptor(), null));
        }
        Descriptor config =
                store.blobs().put(MediaType.OCI_CONFIG, image.configBytes().bytes());
        var local = new LocalImage(config, layers, Instant.now());
        for (ImageReference tag : request.tags()) {
            store.images().tag(tag.toString(), local);
        }
        if (request.tags().isEmpty()) {
            store.images().tag(config.digest().toString(), local);
        }
    }
}
