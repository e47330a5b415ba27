package dev.jbuild.store;

import dev.jbuild.collect.CacheLimit;
import dev.jbuild.collect.Collection;
import dev.jbuild.state.StateDirectory;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What is done for the store after a build.
public final class Upkeep {
    private Upkeep() {}

    /// Brings the store below its limit. A build that succeeded does not fail because this does.
    ///
    /// @param quiet whether nothing is said of what was removed
    public static void run(CacheLimit limit, Path stateDirectory, boolean quiet, Terminal terminal)
            throws InterruptedException {
        if (!Files.isDirectory(stateDirectory)) {
            return;
        }
        try (StateDirectory state = StateDirectory.open(stateDirectory)) {
            Optional<Collection> done = limit.enforce(state);
            if (done.isPresent() && !quiet && done.get().bytes() > 0) {
                terminal.message("jbuild: removed " + Figures.bytes(done.get().bytes())
                        + " from the store, which is over its limit; it holds "
                        + Figures.bytes(done.get().left()) + " now");
            }
        } catch (RuntimeException | IOException failure) {
            terminal.message("jbuild: warning: the store was not brought below its limit: " + failure.getMessage());
        }
    }
}
