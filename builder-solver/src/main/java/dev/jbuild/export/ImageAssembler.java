package dev.jbuild.export;

import dev.jbuild.frontend.HistoryLine;
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

    /// An entry without a layer has the time of the one before it, or of the first layer made here, which is not that
    /// of the base. So the config depends on nothing but the layers.
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
        @Nullable Instant first = firstMade(draft, times);
        for (HistoryLine line : draft.history()) {
            History entry = switch (line) {
                case HistoryLine.Inherited(History inherited) -> inherited;
                case HistoryLine.Made(String createdBy, Vertex vertex) -> {
                    @Nullable Instant created = times.created(vertex);
                    yield new History(created == null ? last : created, createdBy, null, COMMENT, false);
                }
                case HistoryLine.Told(String createdBy) ->
                    new History(first == null ? last : first, createdBy, null, COMMENT, true);
            };
            entry = notAfter(draft.epoch(), entry);
            last = entry.created() == null ? last : entry.created();
            if (line instanceof HistoryLine.Made) {
                first = null;
            }
            history.add(entry);
        }
        return history;
    }

    private static @Nullable Instant created(ImageDraft draft, List<History> history) {
        if (draft.epoch() != null) {
            return draft.epoch();
        }
        return history.isEmpty() ? null : history.getLast().created();
    }

    private static History notAfter(@Nullable Instant epoch, History entry) {
        boolean kept =
                epoch == null || (entry.created() != null && !entry.created().isAfter(epoch));
        return kept ? entry : entry.withCreated(epoch);
    }

    /// {@return when the first layer was made here, null without one}
    private static @Nullable Instant firstMade(ImageDraft draft, Times times) throws InterruptedException {
        for (HistoryLine line : draft.history()) {
            if (line instanceof HistoryLine.Made made) {
                return times.created(made.vertex());
            }
        }
        return null;
    }

    private static boolean hasLayer(HistoryLine line) {
        return switch (line) {
            case HistoryLine.Inherited(History entry) -> !entry.emptyLayer();
            case HistoryLine.Made _ -> true;
            case HistoryLine.Told _ -> false;
        };
    }
}
