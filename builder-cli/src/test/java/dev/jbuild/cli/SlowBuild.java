package dev.jbuild.cli;

import dev.jbuild.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A process whose build takes very long, for sending signals to.
final class SlowBuild {
    private SlowBuild() {}

    /// @param arguments the context, and `stubborn` for a build that does not let itself be interrupted
    public static void main(String[] arguments) {
        var stubborn = arguments.length > 1;
        var settings = new Settings(Map.of(), "", Path.of(arguments[0]).toString(), "");
        var terminal = Terminal.standard("");
        System.exit(Main.execute(new String[] {arguments[0]}, settings, terminal, (_, _, _, _) -> {
            terminal.message("building");
            while (stubborn) {
                LockSupport.parkNanos(1_000_000);
                if (Thread.interrupted()) {
                    terminal.message("refused");
                }
            }
            Thread.sleep(600_000);
            throw new AssertionError("nobody interrupted");
        }));
    }
}
