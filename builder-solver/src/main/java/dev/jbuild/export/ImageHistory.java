package dev.jbuild.export;

import dev.jbuild.frontend.HistoryLine;
import dev.jbuild.frontend.ImageDraft;
import dev.jbuild.oci.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The history of an image, with times and with an entry for each layer.
///
/// An entry without a layer has the time of the one before it, or of the first layer made here, which is not that of
/// the base. So the config depends on nothing but the layers.
final class ImageHistory {
    private static final String COMMENT = "buildkit.dockerfile.v0";
    private static final String COMMENT_WITHOUT_HISTORY = "buildkit.exporter.image.v0";

    private final ImageDraft draft;
    private final ImageAssembler.Times times;
    private final List<History> entries = new ArrayList<>();
    private final List<History> made = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    private ImageHistory(ImageDraft draft, ImageAssembler.Times times) {
        this.draft = draft;
        this.times = times;
    }

    /// {@return one entry for each line of the draft, and for layers of a base that tells none}
    ///
    /// @param layers how many the image has
    static List<History> of(ImageDraft draft, int layers, ImageAssembler.Times times) throws InterruptedException {
        var history = new ImageHistory(draft, times);
        history.addLines();
        history.addUntold(layers);
        return history.entries;
    }

    private void addLines() throws InterruptedException {
        @Nullable Instant first = firstMade();
        for (HistoryLine line : draft.history()) {
            switch (line) {
                case HistoryLine.Inherited(History inherited) -> add(inherited);
                case HistoryLine.Made(String createdBy, var vertex) -> {
                    @Nullable Instant created = times.created(vertex);
                    add(new History(created == null ? last : created, createdBy, null, COMMENT, false));
                    made.add(entries.getLast());
                    first = null;
                }
                case HistoryLine.Told(String createdBy) ->
                    add(new History(first == null ? last : first, createdBy, null, COMMENT, true));
            }
        }
    }

    /// A config has as many entries with a layer as there are layers. BuildKit takes the entries that there are for
    /// those of the lowest layers, and adds at the end one for each layer above, with what it knows of that layer.
    private void addUntold(int layers) {
        int told = (int) entries.stream().filter(entry -> !entry.emptyLayer()).count();
        int firstMade = layers - made.size();
        for (int layer = told; layer < layers; layer++) {
            @Nullable History ofLayer = layer < firstMade ? null : made.get(layer - firstMade);
            @Nullable Instant created = entries.isEmpty() ? null : last;
            add(
                    ofLayer == null
                            ? new History(created, null, null, COMMENT_WITHOUT_HISTORY, false)
                            : new History(
                                    ofLayer.created(), ofLayer.createdBy(), null, COMMENT_WITHOUT_HISTORY, false));
        }
    }

    private void add(History entry) {
        @Nullable Instant epoch = draft.epoch();
        boolean kept =
                epoch == null || (entry.created() != null && !entry.created().isAfter(epoch));
        History added = kept ? entry : entry.withCreated(epoch);
        entries.add(added);
        last = added.created() == null ? last : added.created();
    }

    /// {@return when the first layer was made here, null without one}
    private @Nullable Instant firstMade() throws InterruptedException {
        for (HistoryLine line : draft.history()) {
            if (line instanceof HistoryLine.Made made) {
                return times.created(made.vertex());
            }
        }
        return null;
    }
}
