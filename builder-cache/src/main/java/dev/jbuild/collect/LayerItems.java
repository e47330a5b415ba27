package dev.jbuild.collect;

import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.StoredRecord;
import dev.jbuild.collect.StoreItem.Need;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.snapshot.StoredLayer;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a layer is for the collector: the layer itself, and those of its bytes that can be made of the others.
///
/// The records that lead to a layer go with it, and before it. So does the blob of a pulled layer: nothing but a
/// registry could give it back, so it is no second form.
final class LayerItems {
    private final InventoryScan scan;
    private final StoredLayer layer;
    private final List<StoreItem> items = new ArrayList<>();
    private final List<ByteString> guards = new ArrayList<>();
    private final List<ByteString> namers = new ArrayList<>();
    private final Need need;

    LayerItems(InventoryScan scan, StoredLayer layer) {
        this.scan = scan;
        this.layer = layer;
        guards.add(layer.path());
        List<ByteString> images = scan.names().untagged(layer.path());
        List<StoredRecord> records = scan.recordsOf(layer.id());
        namers.addAll(images);
        records.forEach(record -> namers.add(record.path()));
        if (layer.origin() != null) {
            guards.add(StateDirectory.blob(layer.origin().digest()));
        }
        List<String> tags = scan.names().tagged(layer.path());
        int owners = records.size() + images.size() + scan.stoodOn(layer.id()) + tags.size();
        this.need = new Need(scan.isLeased(guards), tags, owners);
    }

    List<StoreItem> items() throws IOException {
        long bytes = layer.otherBytes();
        @Nullable ByteString origin = null;
        Descriptor pulledAs = layer.origin();
        if (pulledAs != null) {
            origin = StateDirectory.blob(pulledAs.digest());
            long blob = size(origin);
            bytes += blob;
            // The tree can be made of the blob.
            bytes += addForm(layer.hasTree() && blob > 0, layer.tree(), layer.treeBytes(), "tree");
        } else {
            bytes += layer.treeBytes();
            bytes += addForm(layer.hasTar() && layer.hasTree(), layer.tar(), layer.tarBytes(), "tar");
        }
        for (Descriptor blob : layer.blobs()) {
            addBlob(blob);
        }
        addLayer(bytes, origin);
        return items;
    }

    /// @return the bytes that belong to the layer because it can go only with it
    private long addForm(boolean separable, ByteString path, long bytes, String name) {
        if (!separable) {
            return bytes;
        }
        // An image can do without a second form, so its name is no reason to keep it.
        var loose = new Need(need.leased(), List.of(), need.owners());
        items.add(new StoreItem(
                ItemKind.FORM,
                layer.id() + "/" + name,
                List.of(path),
                List.of(layer.path()),
                bytes,
                layer.lastUsed(),
                Costs.copy(bytes),
                name + " of " + description(),
                loose));
        return 0;
    }

    private void addBlob(Descriptor blob) throws IOException {
        ByteString path = StateDirectory.blob(blob.digest());
        FileStatus status = Area.find(scan.state(), path);
        if (status == null) {
            return;
        }
        var both = List.of(path, layer.path());
        items.add(new StoreItem(
                ItemKind.FORM,
                blob.digest().toString(),
                List.of(path),
                both,
                status.diskBytes(),
                Instant.ofEpochSecond(status.mtimeSeconds()),
                Costs.compress(layer.treeBytes() + layer.tarBytes()),
                "blob of " + description(),
                new Need(scan.isLeased(both), List.of(), need.owners())));
    }

    private void addLayer(long bytes, @Nullable ByteString origin) {
        List<ByteString> parts = new ArrayList<>(namers);
        if (origin != null) {
            parts.add(origin);
        }
        parts.add(layer.path());
        long all = bytes;
        Instant used = layer.lastUsed();
        Duration cost = layer.origin() != null ? Costs.fetch(bytes) : Costs.copy(bytes);
        for (StoredRecord record : scan.recordsOf(layer.id())) {
            all += record.bytes();
            used = record.lastUsed().isAfter(used) ? record.lastUsed() : used;
            Duration took = record.record().map(CacheRecord::took).orElse(Duration.ZERO);
            cost = took.compareTo(cost) > 0 ? took : cost;
        }
        items.add(new StoreItem(
                ItemKind.LAYER, layer.id().toString(), parts, guards, all, used, cost, description(), need));
    }

    private String description() {
        Optional<String> step = scan.recordsOf(layer.id()).stream()
                .flatMap(record -> record.record().stream())
                .map(CacheRecord::description)
                .findFirst();
        return step.orElse(layer.origin() == null ? "layer without a record" : "layer of a base image");
    }

    private long size(ByteString path) throws IOException {
        FileStatus status = Area.find(scan.state(), path);
        return status == null ? 0 : status.diskBytes();
    }
}
