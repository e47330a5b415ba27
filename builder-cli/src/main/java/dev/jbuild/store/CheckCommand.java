package dev.jbuild.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.cache.Store;
import dev.jbuild.collect.Problem;
import dev.jbuild.collect.Problem.Severity;
import dev.jbuild.collect.StoreCheck;
import dev.jbuild.oci.OciJson;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// `jbuild check`: looks for damage in the store, and heals it.
public final class CheckCommand {
    private CheckCommand() {}

    /// Checks, and prints a line for each thing that was found.
    ///
    /// @return whether nothing was damaged; what a crash leaves behind is no damage
    public static boolean run(CheckRequest request, Path stateDirectory, Terminal terminal)
            throws IOException, InterruptedException {
        List<Problem> problems;
        try (Store store = Store.open(stateDirectory)) {
            problems = StoreCheck.check(store, request.deep());
        }
        long damaged = problems.stream()
                .filter(problem -> problem.severity() != Severity.LEFTOVER)
                .count();
        switch (request.format()) {
            case TABLE -> {
                for (Problem problem : problems) {
                    terminal.result(problem.severity().label() + ": " + problem.path() + ": " + problem.message());
                }
                terminal.result(
                        damaged == 0
                                ? "The store is healthy."
                                : damaged == 1 ? "1 thing was damaged." : damaged + " things were damaged.");
            }
            case JSON -> {
                ObjectNode report = OciJson.newObject().put("healthy", damaged == 0);
                var each = report.putArray("problems");
                for (Problem problem : problems) {
                    each.addObject()
                            .put("severity", problem.severity().label())
                            .put("path", problem.path().toString())
                            .put("message", problem.message())
                            .put("healed", problem.severity() != Severity.INCOMPLETE);
                }
                terminal.result(new String(OciJson.printPretty(report), StandardCharsets.UTF_8));
            }
        }
        return damaged == 0;
    }
}
