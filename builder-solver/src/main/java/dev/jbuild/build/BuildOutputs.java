package dev.jbuild.build;

import dev.jbuild.cache.Store;
import dev.jbuild.export.AssembledImage;
import dev.jbuild.export.Exporter;
import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.LocalImage;
import dev.jbuild.oci.CorruptContentException;
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

    /// Refuses outputs that cannot be, before anything is built.
    ///
    /// @throws dev.jbuild.export.OutputException when one cannot be
    static void check(BuildRequest request) throws IOException {
        for (Output output : request.outputs()) {
            if (output instanceof Output.Oci(Path destination, boolean tar, boolean _) && !tar) {
                Exporter.checkDirectory(destination);
            }
        }
    }

    /// Puts it there.
    ///
    /// @param image as it was built
    /// @param rewritten the same, with no time in the layers made here later than SOURCE_DATE_EPOCH; null
    ///     when nobody asked for it
    /// @return what became of it: the last image with a manifest, else the one in the store
    BuildResult write(AssembledImage image, @Nullable AssembledImage rewritten)
            throws IOException, InterruptedException {
        AssembledImage last = request.reproducible() && rewritten != null ? rewritten : image;
        keep(last);
        @Nullable Descriptor manifest = null;
        Exporter plain = exporter(last);
        Exporter clamped = rewritten == null || last.equals(rewritten) ? plain : exporter(rewritten);
        for (Output output : request.outputs()) {
            try {
                switch (output) {
                    case Output.Oci(Path destination, boolean tar, boolean rewriteTimes) -> {
                        Exporter exporter = rewriteTimes ? clamped : plain;
                        manifest = exporter.writeOci(destination, request.tags(), tar);
                        last = exporter.image();
                    }
                    case Output.Tar(Path destination) -> plain.writeTar(destination);
                    case Output.Local(Path destination) -> plain.writeLocal(destination);
                }
            } catch (CorruptContentException damaged) {
                // The store is at fault, and not the place.
                throw damaged;
            } catch (IOException failure) {
                throw new UnwritableException("output '" + output.destination() + "'", failure);
            }
        }
        List<String> tags =
                request.tags().stream().map(ImageReference::toString).toList();
        return new BuildResult(last.descriptor().digest(), manifest, tags);
    }

    private Exporter exporter(AssembledImage image) {
        return new Exporter(store.layers(), store.blobs(), image, processors);
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
