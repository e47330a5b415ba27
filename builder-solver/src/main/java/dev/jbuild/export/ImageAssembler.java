package dev.jbuild.export;

import dev.jbuild.frontend.HistoryLine;
import dev.jbuild.frontend.ImageDraft;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.History;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.MediaType;
import dev.jbuild.operation.Rootfs;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.task.TaskGroup;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Completes an image's config when its layers are there.
public final class ImageAssembler {
    private static final String COMMENT = "buildkit.dockerfile.v0";
    private static final String COMMENT_WITHOUT_HISTORY = "buildkit.exporter.image.v0";

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
        List<History> history = history(draft, diffIds.size(), times);
        ImageConfig config = ImageConfig.of(draft.platform())
                .author(draft.author())
                .created(history.isEmpty() ? null : history.getLast().created())
                .container(draft.container())
                .diffIds(diffIds)
                .history(history)
                .unknown(draft.unknown())
                .build();
        JsonBytes bytes = config.toJson();
        var descriptor = Descriptor.of(MediaType.OCI_CONFIG, bytes.digest(), bytes.size());
        return new AssembledImage(config, bytes, descriptor, rootfs);
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

    /// An entry without a layer has the time of the one before it, so the config depends on nothing but the layers.
    private static List<History> history(ImageDraft draft, int layers, Times times) throws InterruptedException {
        var history = new ArrayList<History>();
        int missing = layers
                - (int) draft.history().stream()
                        .filter(ImageAssembler::hasLayer)
                        .count();
        for (int i = 0; i < missing; i++) {
            history.add(new History(null, null, null, COMMENT_WITHOUT_HISTORY, false));
        }
        Instant last = Instant.EPOCH;
        for (HistoryLine line : draft.history()) {
            History entry = switch (line) {
                case HistoryLine.Inherited(History inherited) -> inherited;
                case HistoryLine.Made(String createdBy, Vertex vertex) -> {
                    @Nullable Instant created = times.created(vertex);
                    yield new History(created == null ? last : created, createdBy, null, COMMENT, false);
                }
                case HistoryLine.Told(String createdBy) -> new History(last, createdBy, null, COMMENT, true);
            };
            last = entry.created() == null ? last : entry.created();
            history.add(entry);
        }
        return history;
    }

    private static boolean hasLayer(HistoryLine line) {
        return switch (line) {
            case HistoryLine.Inherited(History entry) -> !entry.emptyLayer();
            case HistoryLine.Made _ -> true;
            case HistoryLine.Told _ -> false;
        };
    }
}
