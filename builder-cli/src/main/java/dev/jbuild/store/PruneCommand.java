package dev.jbuild.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.collect.Amounts;
import dev.jbuild.collect.Collection;
import dev.jbuild.collect.GarbageCollector;
import dev.jbuild.collect.Policy;
import dev.jbuild.collect.StoreItem;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jbuild prune`: removes some of the store.
public final class PruneCommand {
    private PruneCommand() {}

    /// Removes what `request` selects, and prints it.
    public static void run(PruneRequest request, Path stateDirectory, Terminal terminal)
            throws IOException, InterruptedException {
        try (StateDirectory state = StateDirectory.open(stateDirectory)) {
            Collection done;
            try {
                done = GarbageCollector.collect(state, StoredLayers.Measure.EXACT, policy(request, state.root()));
            } catch (LinuxException failure) {
                throw state.explain(failure);
            }
            terminal.result(
                    switch (request.format()) {
                        case TABLE -> table(done);
                        case JSON -> json(done);
                    });
        }
    }

    private static Policy policy(PruneRequest request, Path root) throws IOException {
        return new Policy(
                request.filters(),
                request.all(),
                bytes(request.maxUsed(), root),
                bytes(request.minFree(), root),
                request.reserved() == null ? 0 : Amounts.bytes(request.reserved(), total(root)),
                request.keep());
    }

    private static @Nullable Long bytes(@Nullable String size, Path root) throws IOException {
        return size == null ? null : Amounts.bytes(size, total(root));
    }

    private static long total(Path root) throws IOException {
        return Files.getFileStore(root).getTotalSpace();
    }

    private static String table(Collection done) {
        var text = new StringBuilder();
        if (!done.removed().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "TYPE", "SIZE", "DESCRIPTION"));
            for (StoreItem item : done.removed()) {
                rows.add(List.of(
                        Figures.id(item),
                        item.kind().label(),
                        Figures.bytes(item.bytes()),
                        item.description().replace('\n', ' ')));
            }
            text.append(Figures.columns(rows)).append('\n');
        }
        return text.append(Figures.columns(List.of(
                        List.of("Total:", Figures.bytes(done.bytes())), List.of("Left:", Figures.bytes(done.left())))))
                .toString()
                .stripTrailing();
    }

    private static String json(Collection done) {
        ObjectNode report = OciJson.newObject();
        var removed = report.putArray("removed");
        done.removed().forEach(item -> removed.add(ItemJson.of(item)));
        report.put("bytes", done.bytes());
        report.put("left", done.left());
        return new String(OciJson.printPretty(report), StandardCharsets.UTF_8);
    }
}
