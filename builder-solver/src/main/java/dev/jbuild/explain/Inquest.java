package dev.jbuild.explain;

import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.Store;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.oci.Digest;
import dev.jbuild.record.StepRecord;
import dev.jbuild.record.StepRecord.Fate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds why one step has to run: what differs from the step of the last build in whose place it stands.
final class Inquest {
    private final Project project;
    private final Store store;
    private final Past past;
    private final Comparison comparison;

    Inquest(Project project, Store store, Past past) {
        this.project = project;
        this.store = store;
        this.past = past;
        this.comparison = new Comparison(new Declarations(project.dockerfile(), project.options()));
    }

    Cause cause(Miss miss) throws IOException {
        if (miss.vertex().label().fresh()) {
            return new Cause.NotCached(project.fresh().option());
        }
        if (!past.known()) {
            return new Cause.FirstBuild();
        }
        @Nullable StepRecord partner = past.partner(miss.vertex());
        if (partner == null || partner.fate() == Fate.BASE) {
            return new Cause.NewInstruction();
        }
        Optional<CacheRecord> before = store.cache().recall(new CacheKey(partner.key()));
        if (partner.key().equals(miss.key().hex())) {
            return new Cause.Evicted(before.isPresent() ? "layer" : "record");
        }
        String text = project.text(miss.vertex());
        if (before.isEmpty()) {
            return text.equals(partner.text()) ? new Cause.Evicted("record") : new Cause.Command(partner.text(), text);
        }
        @Nullable
        Cause operation = comparison.operations(
                miss.vertex(),
                miss.operation(),
                new Comparison.Written(text, miss.vertex().label().variables()),
                before.get(),
                new Comparison.Written(partner.text(), partner.variables()));
        if (operation != null) {
            return operation;
        }
        if (!before.get().inputs().equals(miss.inputs())) {
            return below(miss, before.get().inputs());
        }
        @Nullable Cause files = files(miss, before.get());
        return files == null ? new Cause.Forgotten() : files;
    }

    /// The lowest layer that differs names the step that made it.
    private Cause below(Miss miss, List<LayerId> before) {
        int same = 0;
        while (same < before.size()
                && same < miss.inputs().size()
                && before.get(same).equals(miss.inputs().get(same))) {
            same++;
        }
        int position = same;
        for (Vertex vertex : chain(miss.vertex().base())) {
            int layers = layers(vertex);
            if (position < layers) {
                return vertex.operation() instanceof Operation.Image image
                        ? base(vertex, image)
                        : new Cause.Parent(maker(vertex).label().name());
            }
            position -= layers;
        }
        return new Cause.ParentGone();
    }

    private Cause base(Vertex vertex, Operation.Image image) {
        @Nullable StepRecord partner = past.partner(vertex);
        if (partner == null || partner.fate() != Fate.BASE) {
            return new Cause.Parent(vertex.label().name());
        }
        String text = project.text(vertex);
        return text.equals(partner.text())
                ? new Cause.BaseMoved(Project.name(image), Digest.parse(partner.key()), image.manifestDigest())
                : new Cause.BaseReplaced(partner.text(), text);
    }

    /// {@return what a root stands on, lowest first}
    private static Deque<Vertex> chain(@Nullable Vertex top) {
        Deque<Vertex> chain = new ArrayDeque<>();
        for (@Nullable Vertex at = top; at != null; at = at.base()) {
            chain.push(at);
        }
        return chain;
    }

    /// {@return how many layers a vertex adds to its base}
    private static int layers(Vertex vertex) {
        return switch (vertex.operation()) {
            case Operation.Image image -> image.layers().size();
            case Operation.Stack(Vertex top) ->
                chain(top).stream().mapToInt(Inquest::layers).sum();
            case Operation.Directory _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.Run _,
                    Operation.Copy _,
                    Operation.MakeDirectory _ -> 1;
        };
    }

    private static Vertex maker(Vertex vertex) {
        return vertex.operation() instanceof Operation.Stack(Vertex top) ? top : vertex;
    }

    private Cause.@Nullable Files files(Miss miss, CacheRecord before) throws IOException {
        @Nullable LayerIndex old = store.records().reads(before.key().hex()).orElse(null);
        @Nullable LayerIndex now = store.records().reads(miss.key().hex()).orElse(null);
        return FileChanges.of(place(miss.vertex()), before.reads(), old, miss.reads(), now);
    }

    /// Where the files are that a step reads; several places are rare, and then the first one is named.
    private static String place(Vertex vertex) {
        return switch (vertex.operation()) {
            case Operation.Copy copy -> place(copy.sources().getFirst());
            case Operation.Directory(String context) -> "the context '" + context + "'";
            case Operation.Download _, Operation.GitCheckout _ -> vertex.label().name();
            case Operation.Image _, Operation.Run _, Operation.MakeDirectory _, Operation.Stack _ ->
                "the build context";
        };
    }

    private static String place(Operation.Source source) {
        return switch (source) {
            case Operation.Source.FromContext(String context, String _) ->
                context.isEmpty() ? "the build context" : "the context '" + context + "'";
            case Operation.Source.OneFile file -> file.vertex().label().name();
            case Operation.Source.FromVertex from -> place(from.vertex().label().stage(), from.vertex());
            case Operation.Source.Inline _ -> "the Dockerfile";
        };
    }

    private static String place(String stage, Vertex vertex) {
        return stage.isEmpty() ? vertex.label().name() : "stage '" + stage + "'";
    }
}
