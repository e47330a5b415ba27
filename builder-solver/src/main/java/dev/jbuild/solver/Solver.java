package dev.jbuild.solver;

import dev.jbuild.cache.BuildCache;
import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.Read;
import dev.jbuild.event.BuildEvent.Outcome;
import dev.jbuild.event.BuildListener;
import dev.jbuild.explain.BuildJournal;
import dev.jbuild.explain.Cause;
import dev.jbuild.explain.Miss;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.OperationJson;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.oci.Digest;
import dev.jbuild.operation.Inputs;
import dev.jbuild.operation.OperationRunner;
import dev.jbuild.operation.Rootfs;
import dev.jbuild.operation.StepOutput;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.task.TaskGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Finds what vertices come to, running only what no earlier build has run.
///
/// One memo entry for each vertex: two demands for one share a virtual thread. A vertex waits for its inputs, which run
/// in parallel, then derives its key, looks it up, and on a miss is run while other processes that want the same wait.
///
/// Lives in the block that opened it; closing waits until every step has ended.
public final class Solver implements AutoCloseable {
    private final BuildCache cache;
    private final OperationRunner runner;
    private final BuildJournal journal;
    private final @Nullable Duration longestCached;
    private final StepProgress progress;
    private final TaskGroup group = new TaskGroup();
    private final Map<Digest, Future<Solution>> solutions = new HashMap<>();

    /// @param journal told what becomes of each step
    /// @param longestCached how old a result may be to be used; null means any age
    public Solver(
            BuildCache cache,
            OperationRunner runner,
            BuildListener listener,
            BuildJournal journal,
            @Nullable Duration longestCached) {
        this.cache = cache;
        this.runner = runner;
        this.journal = journal;
        this.longestCached = longestCached;
        this.progress = new StepProgress(listener);
    }

    /// {@return what `vertex` comes to, solving it and everything it needs at most once}
    ///
    /// @throws CancellationException when a step failed; [#firstFailure()] says which
    public Solution solve(Vertex vertex) throws InterruptedException {
        return group.await(demand(vertex));
    }

    /// {@return what made the first step fail that failed, or null}
    public @Nullable Throwable firstFailure() {
        return group.firstFailure();
    }

    @Override
    public void close() {
        group.close();
    }

    private Future<Solution> demand(Vertex vertex) {
        synchronized (solutions) {
            return solutions.computeIfAbsent(
                    vertex.definition(), _ -> group.fork(vertex.label().name(), () -> compute(vertex)));
        }
    }

    private Solution compute(Vertex vertex) throws Exception {
        Inputs inputs = awaitInputs(vertex);
        if (vertex.operation() instanceof Operation.Stack(Vertex top)) {
            // The step of `top` has told everything.
            return new Solution(inputs.base().plus(inputs.of(top)), solve(top).created());
        }
        StepProgress.Step step = progress.start(vertex.label().name());
        try {
            return switch (vertex.operation()) {
                case Operation.Image image -> {
                    var rootfs = new Rootfs(runner.layers(image));
                    journal.base(vertex, image);
                    step.finish(new Outcome.Done());
                    yield new Solution(rootfs, null);
                }
                case Operation.Directory _,
                        Operation.Download _,
                        Operation.GitCheckout _,
                        Operation.Run _,
                        Operation.Copy _,
                        Operation.MakeDirectory _ -> lookUpOrRun(vertex, inputs, step);
                case Operation.Stack _ -> throw new IllegalStateException("a step of its own: " + vertex);
            };
        } catch (InterruptedException | CancellationException canceled) {
            step.finish(new Outcome.Canceled());
            throw canceled;
        } catch (Exception | Error failure) {
            step.finish(new Outcome.Failed(String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    private Inputs awaitInputs(Vertex vertex) throws InterruptedException {
        var futures = new ArrayList<Future<Solution>>();
        for (Vertex input : vertex.inputs()) {
            futures.add(demand(input));
        }
        var solved = new HashMap<Vertex, Rootfs>();
        for (int i = 0; i < futures.size(); i++) {
            solved.put(vertex.inputs().get(i), group.await(futures.get(i)).rootfs());
        }
        Rootfs base = vertex.base() == null ? Rootfs.EMPTY : solved.getOrDefault(vertex.base(), Rootfs.EMPTY);
        return new Inputs(base, solved);
    }

    private Solution lookUpOrRun(Vertex vertex, Inputs inputs, StepProgress.Step step)
            throws IOException, InterruptedException {
        var work = new Work(vertex, inputs, runner.reads(vertex, inputs, step::warn));
        Optional<CacheRecord> known = find(work);
        if (known.isPresent()) {
            return cached(work, known.get(), step);
        }
        try (var hold = cache.lock(work.key)) {
            // Another process, or another vertex with the same key, may have been first.
            known = find(work);
            if (known.isPresent()) {
                return cached(work, known.get(), step);
            }
            explain(work, step);
            StepOutput output = step::print;
            long start = System.nanoTime();
            Layer layer = runner.run(vertex, inputs, output);
            CacheRecord record = work.record(layer.id()).took(Duration.ofNanos(System.nanoTime() - start));
            cache.put(hold, record);
            step.finish(new Outcome.Done());
            return new Solution(inputs.base().plus(layer), record.created());
        }
    }

    private Optional<CacheRecord> find(Work work) throws IOException {
        Optional<CacheRecord> known = work.vertex.label().fresh() ? Optional.empty() : cache.find(work.key);
        if (known.isEmpty() || longestCached == null) {
            return known;
        }
        Duration age = Duration.between(known.get().created(), Instant.now());
        work.expired = age.compareTo(longestCached) > 0 ? new Cause.Expired(age, longestCached) : null;
        return work.expired == null ? known : Optional.empty();
    }

    private void explain(Work work, StepProgress.Step step) throws IOException, InterruptedException {
        @Nullable LayerIndex manifest = work.reads.isEmpty() ? null : runner.manifest(work.vertex, work.inputs);
        if (manifest != null) {
            journal.reads(work.key, manifest);
        }
        step.missed(journal.missed(work.miss(), work.expired));
    }

    private Solution cached(Work work, CacheRecord record, StepProgress.Step step) {
        journal.cached(work.vertex, work.key);
        step.finish(new Outcome.Cached());
        return new Solution(work.inputs.base().plus(Layer.stored(record.layer())), record.created());
    }

    /// A vertex with everything that its key is made of.
    private static final class Work {
        private final Vertex vertex;
        private final Inputs inputs;
        private final List<Read> reads;
        private final CacheKey key;
        private Cause.@Nullable Expired expired;

        Work(Vertex vertex, Inputs inputs, List<Read> reads) {
            this.vertex = vertex;
            this.inputs = inputs;
            this.reads = reads;
            this.key = CacheKey.of(
                    OperationJson.encode(vertex.operation()), inputs.base().ids(), reads);
        }

        Miss miss() {
            return new Miss(
                    vertex,
                    key,
                    OperationJson.encode(vertex.operation()),
                    inputs.base().ids(),
                    reads);
        }

        CacheRecord record(LayerId layer) {
            return CacheRecord.of(
                    OperationJson.encode(vertex.operation()),
                    inputs.base().ids(),
                    reads,
                    layer,
                    vertex.label().name());
        }
    }
}
