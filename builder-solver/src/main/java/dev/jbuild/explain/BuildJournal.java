package dev.jbuild.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.Store;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.record.BuildRecord;
import dev.jbuild.record.StepRecord;
import dev.jbuild.record.StepRecord.Fate;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps what becomes of the steps of one build, and says of those that run why the last build of the project is no
/// help.
///
/// The record of that build is read when the first step runs, or at the end. Safe for use by several threads.
public final class BuildJournal {
    private final Project project;
    private final Store store;
    private final Map<Vertex, Outcome> outcomes = new ConcurrentHashMap<>();
    private @Nullable List<Vertex> steps;
    private Optional<BuildRecord> last = Optional.empty();
    private boolean lastWasRead;
    private @Nullable Past past;

    private record Outcome(String key, Fate fate, @Nullable ObjectNode cause) {}

    /// @param store is used, not owned
    public BuildJournal(Project project, Store store) {
        this.project = project;
        this.store = store;
    }

    /// Notes what the build starts from.
    public void base(Vertex vertex, Operation.Image image) {
        outcomes.put(vertex, new Outcome(image.manifestDigest().toString(), Fate.BASE, null));
    }

    /// Notes a step whose result was known.
    public void cached(Vertex vertex, CacheKey key) {
        outcomes.put(vertex, new Outcome(key.hex(), Fate.CACHED, null));
    }

    /// {@return why the step has to run}
    ///
    /// @param expired why its result cannot be used although there is one; null without one
    public Cause missed(Miss miss, @Nullable Cause expired) throws IOException {
        Cause cause = expired == null ? new Inquest(project, store, past()).cause(miss) : expired;
        outcomes.put(miss.vertex(), new Outcome(miss.key().hex(), Fate.RAN, CauseText.json(cause)));
        return cause;
    }

    /// Keeps what a step that has run did read, so that the next build can be compared with it file by file.
    public void reads(CacheKey key, LayerIndex manifest) throws IOException {
        store.records().saveReads(key.hex(), manifest);
    }

    /// Makes this the last build of the project. Steps that it did not reach stay as they were.
    public void save() throws IOException {
        var records = new ArrayList<StepRecord>();
        for (Vertex vertex : steps()) {
            Outcome outcome = outcomes.get(vertex);
            @Nullable StepRecord partner = outcome == null ? past().partner(vertex) : null;
            if (outcome != null) {
                records.add(record(vertex, outcome));
            } else if (partner != null) {
                records.add(partner);
            }
        }
        if (!last().map(BuildRecord::steps).equals(Optional.of(records))) {
            store.records().save(project.name(), new BuildRecord(project.name(), Instant.now(), records));
        }
    }

    private StepRecord record(Vertex vertex, Outcome outcome) {
        @Nullable SourceRange range = vertex.label().range();
        return new StepRecord(
                vertex.label().stage(),
                vertex.label().name(),
                range == null ? 0 : range.startLine(),
                project.text(vertex),
                new TreeMap<>(vertex.label().variables()),
                outcome.key(),
                outcome.fate(),
                outcome.cause());
    }

    private synchronized Past past() throws IOException {
        if (past == null) {
            past = new Past(last(), project, steps());
        }
        return past;
    }

    private synchronized Optional<BuildRecord> last() throws IOException {
        if (!lastWasRead) {
            last = store.records().last(project.name());
            lastWasRead = true;
        }
        return last;
    }

    /// Stacked steps tell of themselves where they were made.
    private synchronized List<Vertex> steps() {
        if (steps == null) {
            steps = project.vertices().stream()
                    .filter(vertex -> !(vertex.operation() instanceof Operation.Stack))
                    .toList();
        }
        return steps;
    }
}
