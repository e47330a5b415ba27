package dev.jbuild.cache;

import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.state.Committer;
import dev.jbuild.state.LockTable;
import dev.jbuild.state.Pending;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The results of earlier steps, by key.
///
/// The way of a step: [find][#find]; on a miss [lock][#lock], find again (somebody may have been first), run,
/// [put][#put],
/// close the lock. A record is seen by this process at once, by others when it is durable; they wait for the lock
/// until then. Nothing here deletes a record.
public final class BuildCache {
    private final StateDirectory state;
    private final Committer committer;
    private final LayerStore layers;
    private final LockTable locks;
    private final Map<CacheKey, CacheRecord> pending = new ConcurrentHashMap<>();

    /// All are used, none is owned.
    public BuildCache(StateDirectory state, Committer committer, LayerStore layers) {
        this.state = state;
        this.committer = committer;
        this.layers = layers;
        this.locks = new LockTable(state);
    }

    /// {@return the record of `key`; nothing when there is none that can be read, or its layer is gone}
    public Optional<CacheRecord> find(CacheKey key) throws IOException {
        Optional<CacheRecord> record = recall(key);
        if (record.isEmpty() || !layers.contains(record.get().layer())) {
            return Optional.empty();
        }
        if (!pending.containsKey(key)) {
            state.touch(StateDirectory.key(key.hex()));
        }
        return record;
    }

    /// {@return the record of `key`, whether or not its layer is still there}
    public Optional<CacheRecord> recall(CacheKey key) throws IOException {
        CacheRecord born = pending.get(key);
        return born == null ? read(key) : Optional.of(born);
    }

    private Optional<CacheRecord> read(CacheKey key) throws IOException {
        byte[] json = state.read(StateDirectory.key(key.hex()), OciJson.MAX_DOCUMENT_SIZE);
        return json == null ? Optional.empty() : CacheRecord.parse(key, json);
    }

    /// Waits until nobody else, in this process or another, computes `key`. Interruptible; a virtual thread does
    /// not keep its carrier.
    ///
    /// @return the caller closes it, on whatever thread
    public LockTable.Hold lock(CacheKey key) throws IOException, InterruptedException {
        return locks.acquire(StateDirectory.keyLock(key.hex()));
    }

    /// Remembers what a step made. Other processes wait for the key until the record is durable.
    ///
    /// @param lock of the record's key; still to be closed by its owner
    public void put(LockTable.Hold lock, CacheRecord record) throws IOException {
        Runnable release = lock.keep();
        boolean added = false;
        pending.put(record.key(), record);
        try {
            committer.addFile(
                    Pending.Order.RECORD, StateDirectory.key(record.key().hex()), record.toJson(), failure -> {
                        if (failure == null) {
                            boolean ignored = pending.remove(record.key(), record);
                        }
                        release.run();
                    });
            added = true;
        } finally {
            if (!added) {
                release.run();
            }
        }
    }
}
