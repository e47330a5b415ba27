package dev.jbuild.collect;

import dev.jbuild.linux.FileLock;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Removes what a policy selects and nobody needs, while builds run.
///
/// One process does it at a time. It may be killed at any moment: what it had moved away is removed by the next
/// process, like all that a dead process leaves.
public final class GarbageCollector {
    /// What is removed may free other things: a name its layers, a layer its base. More rounds find nothing.
    private static final int ROUNDS = 3;

    private final StateDirectory state;
    private final StoredLayers.Measure measure;
    private final Policy policy;
    private final List<StoreItem> removed = new ArrayList<>();

    private GarbageCollector(StateDirectory state, StoredLayers.Measure measure, Policy policy) {
        this.state = state;
        this.measure = measure;
        this.policy = policy;
    }

    /// Collects; waits while another process does.
    public static Collection collect(StateDirectory state, StoredLayers.Measure measure, Policy policy)
            throws IOException, InterruptedException {
        try (FileLock alone =
                FileLock.acquire(state.directory(), StateDirectory.collectorLock(), FileLock.Mode.EXCLUSIVE)) {
            assert alone != null;
            return new GarbageCollector(state, measure, policy).collect();
        }
    }

    /// Collects unless another process does.
    public static Optional<Collection> tryCollect(StateDirectory state, StoredLayers.Measure measure, Policy policy)
            throws IOException, InterruptedException {
        Optional<FileLock> alone =
                FileLock.tryAcquire(state.directory(), StateDirectory.collectorLock(), FileLock.Mode.EXCLUSIVE);
        if (alone.isEmpty()) {
            return Optional.empty();
        }
        try (FileLock held = alone.get()) {
            assert held != null;
            return Optional.of(new GarbageCollector(state, measure, policy).collect());
        }
    }

    private Collection collect() throws IOException, InterruptedException {
        state.removeDead();
        long left = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Inventory inventory = Inventory.of(state, measure);
            left = inventory.bytes();
            List<StoreItem> plan = CollectionPlan.of(inventory, policy, Instant.now());
            long freed = remove(plan, left);
            left -= freed;
            if (freed == 0) {
                break;
            }
        }
        long bytes = removed.stream().mapToLong(StoreItem::bytes).sum();
        return new Collection(removed, bytes, left);
    }

    /// {@return bytes that are free now}
    private long remove(List<StoreItem> plan, long used) throws IOException, InterruptedException {
        var eviction = new Eviction(state);
        long target = policy.hasLimit() ? excess(used) : Long.MAX_VALUE;
        long freed = 0;
        int at = 0;
        while (at < plan.size() && freed < target && used - freed > policy.reserved()) {
            List<StoreItem> batch = new ArrayList<>();
            long planned = freed;
            while (at < plan.size()
                    && batch.size() < Eviction.batch()
                    && planned < target
                    && used - planned > policy.reserved()) {
                StoreItem item = plan.get(at++);
                batch.add(item);
                planned += item.bytes();
            }
            for (StoreItem gone : eviction.remove(batch)) {
                removed.add(gone);
                freed += gone.bytes();
            }
        }
        return freed;
    }

    /// {@return how many bytes have to go}
    private long excess(long used) throws IOException {
        long excess = 0;
        if (policy.maximum() != null) {
            excess = used - policy.maximum();
        }
        if (policy.free() != null) {
            long free = Files.getFileStore(state.root()).getUsableSpace();
            excess = Math.max(excess, policy.free() - free);
        }
        return excess;
    }
}
