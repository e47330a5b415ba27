package dev.jbuild.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.collect.Inventory;
import dev.jbuild.collect.ItemKind;
import dev.jbuild.collect.StoreItem;
import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// `jbuild du`: what the store holds.
public final class DiskUsageCommand {
    private final List<StoreItem> items;
    private final Instant now = Instant.now();

    private DiskUsageCommand(List<StoreItem> items) {
        this.items = items;
    }

    /// Prints what `request` asks for.
    public static void run(DiskUsageRequest request, Path stateDirectory, Terminal terminal)
            throws IOException, InterruptedException {
        Instant now = Instant.now();
        List<StoreItem> items;
        try (StateDirectory state = StateDirectory.open(stateDirectory)) {
            items = Inventory.of(state, StoredLayers.Measure.EXACT).items().stream()
                    .filter(item -> request.filters().stream().allMatch(filter -> filter.accepts(item, now)))
                    .sorted(Comparator.comparingLong(StoreItem::bytes)
                            .reversed()
                            .thenComparing(StoreItem::id))
                    .toList();
        }
        var command = new DiskUsageCommand(items);
        terminal.result(
                switch (request.format()) {
                    case TABLE -> command.table(request.verbose()).stripTrailing();
                    case JSON -> command.json(request.verbose());
                });
    }

    private String table(boolean verbose) {
        List<List<String>> rows = new ArrayList<>();
        if (verbose) {
            rows.add(List.of("ID", "TYPE", "RECLAIMABLE", "SIZE", "LAST USED", "USED BY", "DESCRIPTION"));
            for (StoreItem item : items) {
                rows.add(List.of(
                        Figures.id(item),
                        item.kind().label(),
                        String.valueOf(item.isReclaimable()),
                        Figures.bytes(item.bytes()),
                        Figures.ago(item.lastUsed(), now),
                        usedBy(item),
                        item.description().replace('\n', ' ')));
            }
        } else {
            rows.add(List.of("TYPE", "COUNT", "SIZE", "RECLAIMABLE"));
            for (ItemKind kind : ItemKind.values()) {
                List<StoreItem> these =
                        items.stream().filter(item -> item.kind() == kind).toList();
                if (!these.isEmpty()) {
                    rows.add(List.of(
                            kind.label(),
                            String.valueOf(these.size()),
                            Figures.bytes(sum(these, _ -> true)),
                            Figures.bytes(sum(these, StoreItem::isReclaimable))));
                }
            }
        }
        return Figures.columns(rows)
                + "\n"
                + Figures.columns(List.of(
                        List.of("Shared:", Figures.bytes(sum(items, StoreItem::isShared))),
                        List.of("Private:", Figures.bytes(sum(items, item -> !item.isShared()))),
                        List.of("Reclaimable:", Figures.bytes(sum(items, StoreItem::isReclaimable))),
                        List.of("Total:", Figures.bytes(sum(items, _ -> true)))));
    }

    private static String usedBy(StoreItem item) {
        List<String> users = new ArrayList<>(item.need().images());
        if (item.need().leased()) {
            users.add("a running process");
        }
        return users.isEmpty() ? (item.isDangling() ? "nothing" : "cache") : String.join(", ", users);
    }

    private String json(boolean verbose) {
        ObjectNode report = OciJson.newObject();
        var kinds = report.putArray("kinds");
        for (ItemKind kind : ItemKind.values()) {
            List<StoreItem> these =
                    items.stream().filter(item -> item.kind() == kind).toList();
            if (!these.isEmpty()) {
                kinds.addObject()
                        .put("type", kind.label())
                        .put("count", these.size())
                        .put("bytes", sum(these, _ -> true))
                        .put("reclaimable", sum(these, StoreItem::isReclaimable));
            }
        }
        report.put("shared", sum(items, StoreItem::isShared));
        report.put("private", sum(items, item -> !item.isShared()));
        report.put("reclaimable", sum(items, StoreItem::isReclaimable));
        report.put("total", sum(items, _ -> true));
        if (verbose) {
            var each = report.putArray("items");
            items.forEach(item -> each.add(ItemJson.of(item)));
        }
        return new String(OciJson.printPretty(report), StandardCharsets.UTF_8);
    }

    private static long sum(List<StoreItem> items, Predicate<StoreItem> which) {
        return items.stream().filter(which).mapToLong(StoreItem::bytes).sum();
    }
}
