package dev.jbuild.cli;

import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;

/// What happens to a failure that is jbuild's own mistake: a stack trace, out of the way of whoever only builds.
final class BugReport {
    private BugReport() {}

    /// @param inFull print the stack trace instead of naming a file that holds it
    static void write(Throwable failure, boolean inFull, Terminal terminal) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        var report = Version.text() + "\n\n" + trace;
        if (!inFull) {
            try {
                var file = Files.createTempFile("jbuild-bug-", ".txt");
                Files.writeString(file, report);
                terminal.message("jbuild: internal error: " + failure + "; please report it with the file " + file);
                return;
            } catch (IOException _) {
                // Without a file the terminal is where the report goes, as below.
            }
        }
        terminal.message("jbuild: internal error: " + failure);
        terminal.message(report);
    }
}
