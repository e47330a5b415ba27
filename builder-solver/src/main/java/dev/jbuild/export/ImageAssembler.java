package dev.jbuild.export;

import dev.jbuild.frontend.ImageDraft;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.History;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.operation.Rootfs;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.task.TaskGroup;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Completes an image's config when its layers are there.
public final class ImageAssembler {
    /// Tells when the layer of a vertex was made.
    @FunctionalInterface
    public interface Times {
        @Nullable
        Instant created(Vertex vertex) throws InterruptedException;
    }

    private final LayerStore store;
    private final Throttle processors;

    /// @param processors limits how many layers are hashed at once
    public ImageAssembler(LayerStore store, Throttle processors) {
        this.store = store;
        this.processors = processors;
    }

    /// {@return the image of a draft on its layers}
    ///
    /// @param times asked for every vertex in the history
    public AssembledImage assemble(ImageDraft draft, Rootfs rootfs, Times times)
            throws IOException, InterruptedException {
        List<Digest> diffIds = diffIds(rootfs);
        List<History> history = ImageHistory.of(draft, diffIds.size(), times);
        ImageConfig config = ImageConfig.of(draft.platform())
                .author(draft.author())
                .created(created(draft, history))
                .container(draft.container())
                .diffIds(diffIds)
                .history(history)
                .unknown(draft.unknown())
                .build();
        return AssembledImage.of(config, rootfs, draft.epoch());
    }

    /// {@return the image with no time in the layers made here later than its epoch, which it has; layers of the base
    /// image are as they were}
    public AssembledImage notAfterEpoch(AssembledImage image) throws IOException, InterruptedException {
        Timestamp latest =
                Timestamp.ofSeconds(Objects.requireNonNull(image.epoch()).getEpochSecond());
        var futures = new ArrayList<Future<Layer>>();
        var layers = new ArrayList<Layer>();
        try (var group = new TaskGroup()) {
            for (Layer layer : image.rootfs().layers()) {
                futures.add(group.fork(
                        "times of " + layer.id(), () -> processors.call(() -> store.notAfter(layer, latest))));
            }
            for (Future<Layer> future : futures) {
                layers.add(group.awaitOrThrow(future));
            }
        }
        var rootfs = new Rootfs(layers);
        ImageConfig config = image.config().toBuilder().diffIds(diffIds(rootfs)).build();
        return AssembledImage.of(config, rootfs, image.epoch());
    }

    private List<Digest> diffIds(Rootfs rootfs) throws IOException, InterruptedException {
        var futures = new ArrayList<Future<Digest>>();
        var diffIds = new ArrayList<Digest>();
        try (var group = new TaskGroup()) {
            for (Layer layer : rootfs.layers()) {
                futures.add(group.fork("diff ID of " + layer.id(), () -> processors.call(() -> store.diffId(layer))));
            }
            for (Future<Digest> future : futures) {
                diffIds.add(group.awaitOrThrow(future));
            }
        }
        return diffIds;
    }

    private static @Nullable Instant created(ImageDraft draft, List<History> history) {
        if (draft.epoch() != null) {
            return draft.epoch();
        }
        return history.isEmpty() ? null : history.getLast().created();
    }
}
