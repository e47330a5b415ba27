package dev.jbuild.collect;

import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.StoredRecord;
import dev.jbuild.collect.StoreItem.Need;
import dev.jbuild.image.StoredName;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.snapshot.StoredLayer;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.Area;
import dev.jbuild.state.Leases;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One look at everything in the store.
final class InventoryScan {
    private static final String TAGGED = "image ";

    private final StateDirectory state;
    private final StoredLayers.Measure measure;
    private final Set<ByteString> leases;
    private final NameView names;
    private final List<StoredRecord> records;
    private final Map<LayerId, List<StoredRecord>> recordsOf = new HashMap<>();
    private final Map<LayerId, Integer> stoodOn = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<ByteString, StoredLayer> blobOwners = new HashMap<>();
    private final Set<LayerId> present = new HashSet<>();
    private final List<StoreItem> items = new ArrayList<>();

    InventoryScan(StateDirectory state, StoredLayers.Measure measure) throws IOException {
        this.state = state;
        this.measure = measure;
        // Leases come before names: who has ended in between has left a name.
        this.leases = Leases.all(state);
        this.names = NameView.of(state);
        this.records = StoredRecord.list(state);
    }

    Inventory scan() throws IOException {
        for (StoredRecord each : records) {
            each.record().ifPresent(record -> link(each, record));
        }
        var layers = new StoredLayers(state, measure).list();
        for (StoredLayer layer : layers) {
            present.add(layer.id());
            if (layer.origin() != null) {
                blobOwners.put(StateDirectory.blob(layer.origin().digest()), layer);
            }
            layer.blobs().forEach(blob -> blobOwners.put(StateDirectory.blob(blob.digest()), layer));
        }
        for (StoredLayer layer : layers) {
            items.addAll(new LayerItems(this, layer).items());
        }
        addLooseRecords();
        addNames();
        addBlobs();
        addFiles(Area.CONTEXTS, ItemKind.CONTEXT);
        addFiles(Area.BUILDS, ItemKind.HISTORY);
        addReads();
        addFiles(Area.MOUNTS, ItemKind.MOUNT);
        addFiles(Area.LOGS, ItemKind.LOG);
        addFiles(Area.PROCESSES, ItemKind.TEMPORARY);
        addForeign();
        return new Inventory(items, children);
    }

    private void link(StoredRecord stored, CacheRecord record) {
        recordsOf.computeIfAbsent(record.layer(), _ -> new ArrayList<>()).add(stored);
        for (LayerId input : record.inputs()) {
            boolean ignored = stoodOn.merge(input, 1, Integer::sum) > 0;
            children.computeIfAbsent(input.toString(), _ -> new ArrayList<>())
                    .add(record.layer().toString());
        }
    }

    StateDirectory state() {
        return state;
    }

    List<StoredRecord> recordsOf(LayerId layer) {
        return recordsOf.getOrDefault(layer, List.of());
    }

    /// {@return how many records have it below them}
    int stoodOn(LayerId layer) {
        return stoodOn.getOrDefault(layer, 0);
    }

    NameView names() {
        return names;
    }

    boolean isLeased(List<ByteString> guards) {
        return guards.stream().anyMatch(leases::contains);
    }

    private void addLooseRecords() {
        for (StoredRecord each : records) {
            if (each.later()) {
                add(ItemKind.OTHER, each.path(), each.bytes(), each.lastUsed(), "record of a later version", Need.NONE);
            } else if (each.record().isEmpty()) {
                add(ItemKind.RECORD, each.path(), each.bytes(), each.lastUsed(), "damaged record", Need.NONE);
            } else if (!present.contains(each.record().get().layer())) {
                String step = each.record().get().description();
                add(ItemKind.RECORD, each.path(), each.bytes(), each.lastUsed(), step, Need.NONE);
            }
        }
    }

    private void addNames() throws IOException {
        for (StoredName each : names.names()) {
            FileStatus status = Area.find(state, each.path());
            if (status == null) {
                continue;
            }
            Instant used = Instant.ofEpochSecond(status.mtimeSeconds());
            long bytes = status.diskBytes();
            switch (each) {
                case StoredName.Image image -> {
                    List<String> tags = image.isTagged() ? List.of(image.name()) : List.of();
                    add(image.path(), image.name(), bytes, used, new Need(false, tags, tags.size()));
                }
                case StoredName.Base base ->
                    items.add(new StoreItem(
                            ItemKind.BASE,
                            base.name(),
                            List.of(base.path()),
                            List.of(),
                            bytes,
                            used,
                            Costs.fetch(bytes),
                            "is " + base.pin().root().digest(),
                            new Need(false, List.of(), 1)));
                case StoredName.Memo memo ->
                    add(ItemKind.CONTEXT, memo.path(), bytes, used, memo.kind(), new Need(false, List.of(), 1));
                case StoredName.Foreign foreign ->
                    add(ItemKind.OTHER, foreign.path(), bytes, used, "name of a later version", Need.NONE);
                case StoredName.Damaged damaged ->
                    add(ItemKind.RECORD, damaged.path(), bytes, used, "damaged name", Need.NONE);
            }
        }
    }

    private void add(ByteString path, String name, long bytes, Instant used, Need need) {
        String description = need.images().isEmpty() ? "image without a tag" : TAGGED + name;
        items.add(new StoreItem(
                ItemKind.IMAGE, name, List.of(path), List.of(), bytes, used, Duration.ZERO, description, need));
    }

    /// What no layer owns.
    private void addBlobs() throws IOException {
        for (ByteString algorithm : Area.BLOBS.list(state)) {
            for (ByteString directory : Area.list(state, algorithm)) {
                for (ByteString path : Area.list(state, directory)) {
                    addBlob(path, algorithm.name() + ":" + path.name());
                }
            }
        }
    }

    private void addBlob(ByteString path, String id) throws IOException {
        FileStatus status = Area.find(state, path);
        if (status == null || blobOwners.containsKey(path)) {
            return;
        }
        List<String> bases = names.bases(path);
        List<String> tags = names.tagged(path);
        int owners = bases.size() + names.untagged(path).size();
        String description = !tags.isEmpty()
                ? "of image " + tags.getFirst()
                : !bases.isEmpty()
                        ? "of base " + bases.getFirst()
                        : owners > 0 ? "of an image without a tag" : "of nothing";
        var guards = List.of(path);
        items.add(new StoreItem(
                ItemKind.BLOB,
                id,
                guards,
                guards,
                status.diskBytes(),
                Instant.ofEpochSecond(status.mtimeSeconds()),
                Costs.fetch(status.size()),
                description,
                new Need(isLeased(guards), tags, owners + tags.size())));
    }

    private void addFiles(Area area, ItemKind kind) throws IOException {
        for (ByteString path : area.list(state)) {
            FileStatus status = Area.find(state, path);
            if (status != null) {
                long bytes = status.isDirectory() ? state.directory().diskBytes(path) : status.diskBytes();
                var used = Instant.ofEpochSecond(status.mtimeSeconds());
                add(kind, path, bytes, used, kind.label(), new Need(kind == ItemKind.TEMPORARY, List.of(), 1));
            }
        }
    }

    /// What a step read goes when its record is gone.
    private void addReads() throws IOException {
        Set<ByteString> keys = new HashSet<>();
        records.forEach(record -> keys.add(record.path().name()));
        for (ByteString directory : Area.READS.list(state)) {
            for (ByteString path : Area.list(state, directory)) {
                FileStatus status = Area.find(state, path);
                if (status != null) {
                    var need = new Need(false, List.of(), keys.contains(path.name()) ? 1 : 0);
                    var used = Instant.ofEpochSecond(status.mtimeSeconds());
                    add(ItemKind.HISTORY, path, status.diskBytes(), used, "what a step read", need);
                }
            }
        }
    }

    private void addForeign() throws IOException {
        long framework = state.directory().diskBytes(Area.LOCKS.path());
        for (ByteString name : Area.list(state, ByteString.of("."))) {
            FileStatus status = Area.find(state, name);
            if (status != null && status.isDirectory() && !Area.isKnown(name.name())) {
                long bytes = state.directory().diskBytes(name);
                var used = Instant.ofEpochSecond(status.mtimeSeconds());
                add(ItemKind.OTHER, name.name(), bytes, used, "not looked into", Need.NONE);
            } else if (status != null) {
                framework += status.diskBytes();
            }
        }
        framework += directories(Area.KEYS.path(), 1)
                + directories(Area.READS.path(), 1)
                + directories(Area.BLOBS.path(), 2);
        add(ItemKind.OTHER, Area.LOCKS.path(), framework, Instant.now(), "directories and locks", Need.NONE);
    }

    /// {@return what the directories below take, `levels` deep, without what is in the last ones}
    private long directories(ByteString parent, int levels) throws IOException {
        long bytes = 0;
        for (ByteString path : levels == 0 ? List.<ByteString>of() : Area.list(state, parent)) {
            FileStatus status = Area.find(state, path);
            if (status != null && status.isDirectory()) {
                bytes += status.diskBytes() + directories(path, levels - 1);
            }
        }
        return bytes;
    }

    private void add(ItemKind kind, ByteString path, long bytes, Instant used, String description, Need need) {
        var parts = List.of(path);
        var known = isLeased(parts) ? new Need(true, need.images(), need.owners()) : need;
        items.add(new StoreItem(
                kind, path.name().toString(), parts, parts, bytes, used, Costs.copy(bytes), description, known));
    }
}
