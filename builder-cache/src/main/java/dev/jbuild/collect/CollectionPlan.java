package dev.jbuild.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What may go, worth least first.
final class CollectionPlan {
    private final Inventory inventory;
    private final Instant now;
    private final Map<String, Double> values = new HashMap<>();

    private CollectionPlan(Inventory inventory, Instant now) {
        this.inventory = inventory;
        this.now = now;
    }

    /// {@return the items that a policy selects, in the order in which they go}
    static List<StoreItem> of(Inventory inventory, Policy policy, Instant now) {
        var plan = new CollectionPlan(inventory, now);
        plan.weigh();
        List<StoreItem> selected = new ArrayList<>();
        for (StoreItem item : inventory.items()) {
            if (policy.selects(item, now)) {
                selected.add(item);
            }
        }
        selected.sort(plan.order());
        return selected;
    }

    /// A layer is worth at least what stands on it: without it, nobody finds that.
    private void weigh() {
        for (StoreItem item : inventory.items()) {
            values.put(item.id(), Costs.value(item, now));
        }
        Map<String, Double> own = Map.copyOf(values);
        inventory.children().forEach((below, children) -> {
            for (String child : children) {
                double value = own.getOrDefault(child, 0.0);
                values.computeIfPresent(below, (_, old) -> Math.max(old, value));
            }
        });
    }

    /// What dangles goes first, then forms before layers of the same worth, then layers that fewer stand on.
    private Comparator<StoreItem> order() {
        return Comparator.comparing((StoreItem item) -> !item.isDangling())
                .thenComparingDouble(item -> values.getOrDefault(item.id(), 0.0))
                .thenComparing(item -> item.kind() != ItemKind.FORM)
                .thenComparingInt(item ->
                        inventory.children().getOrDefault(item.id(), List.of()).size())
                .thenComparing(StoreItem::id);
    }
}
