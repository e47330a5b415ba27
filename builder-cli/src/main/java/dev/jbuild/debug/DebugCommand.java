package dev.jbuild.debug;

import dev.jbuild.dockerfile.AstDump;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `jbuild debug`: prints a [View] as a result.
public final class DebugCommand {
    private DebugCommand() {}

    /// Prints what is asked for. What is wrong with a single case is part of its result.
    ///
    /// @throws dev.jbuild.dockerfile.DockerfileException when there is nothing to dump of a file
    /// @throws MalformedCaseException when a line of a file of cases is none
    public static void show(View view, Terminal terminal) throws IOException {
        switch (view) {
            case View.Ast(var file, var format) -> ast(file, format, terminal);
            case View.AstCases(var cases) -> throw new UnsupportedOperationException("ast " + cases);
            case View.WordCases(var cases) -> throw new UnsupportedOperationException("words " + cases);
            case View.IgnoreCases(var cases) -> throw new UnsupportedOperationException("ignore " + cases);
        }
    }

    private static void ast(Path file, View.Format format, Terminal terminal) throws IOException {
        var source = SourceFile.of(file.toString(), Files.readAllBytes(file));
        switch (format) {
            case DUMP -> terminal.result(AstDump.of(source).stripTrailing());
            case JSON -> throw new UnsupportedOperationException("json");
        }
    }
}
