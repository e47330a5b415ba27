package dev.jbuild.cli;

import dev.jbuild.event.BuildEvent;
import dev.jbuild.terminal.Terminal;
import java.util.List;

/// The warnings of a build, once more at its end, where they are not lost among the lines of the steps.
final class WarningSummary {
    private static final String YELLOW = "\033[33m";
    private static final String RESET = "\033[0m";

    private WarningSummary() {}

    /// @param expanded whether to say why, and show where
    static void print(List<BuildEvent.Warning> warnings, boolean expanded, Terminal terminal) {
        if (warnings.isEmpty()) {
            return;
        }
        var heading = (warnings.size() == 1 ? "1 warning" : warnings.size() + " warnings") + " found"
                + (expanded ? ":" : " (use --debug to expand):");
        terminal.message("");
        terminal.message(" " + (terminal.isLive() ? YELLOW + heading + RESET : heading));
        for (var warning : warnings) {
            terminal.message(" - " + warning.summary());
            if (expanded && !warning.details().isEmpty()) {
                terminal.message(warning.details());
            }
        }
    }
}
