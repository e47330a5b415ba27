package dev.jbuild.collect;

import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Everything that is in the store.
///
/// @param items in no order
/// @param children for the id of a layer, the ids of layers that steps made on it
public record Inventory(List<StoreItem> items, Map<String, List<String>> children) {
    public Inventory {
        items = List.copyOf(items);
    }

    /// Looks at the store. What comes and goes meanwhile may be missed.
    public static Inventory of(StateDirectory state, StoredLayers.Measure measure) throws IOException {
        return new InventoryScan(state, measure).scan();
    }

    /// {@return what everything takes on the disk}
    public long bytes() {
        return items.stream().mapToLong(StoreItem::bytes).sum();
    }
}
