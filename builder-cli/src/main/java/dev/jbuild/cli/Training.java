package dev.jbuild.cli;

import dev.jbuild.terminal.Terminal;
import java.io.OutputStream;
import java.util.Map;

/// What the launcher runs once to learn which classes a build loads, so that the JVM can keep them ready made
/// (`-XX:AOTCacheOutput`).
public final class Training {
    private Training() {}

    /// Runs what most builds run.
    ///
    /// @param arguments an empty directory for everything that this run writes
    public static void main(String[] arguments) {
        var settings = new Settings(Map.of(), "", arguments[0], "");
        var silence = OutputStream.nullOutputStream();
        var terminal = new Terminal(silence, silence, false, false);
        Main.run(new String[] {"--version"}, settings, terminal);
        Main.run(new String[] {"build", "-t", "app", arguments[0]}, settings, terminal);
    }
}
