package dev.jbuild.debug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.build.DockerfileSource;
import dev.jbuild.context.ContextException;
import dev.jbuild.dockerfile.AstDump;
import dev.jbuild.dockerfile.Diagnostic.Phase;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Examination;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.oci.OciJson;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            case View.AstCases(var cases) -> CaseFile.answer(cases, DebugCommand::ast, terminal);
            case View.WordCases(var cases) -> CaseFile.answer(cases, new WordView()::answer, terminal);
            case View.IgnoreCases(var cases) -> CaseFile.answer(cases, new IgnoreView()::answer, terminal);
        }
    }

    private static void ast(Path file, View.Format format, Terminal terminal) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            var problem = Files.exists(file) ? "is a directory" : "does not exist";
            throw new ContextException("Dockerfile '" + file + "' " + problem + "; name the file itself");
        }
        var examination = Examination.of(DockerfileSource.read(file));
        switch (format) {
            case DUMP -> {
                if (examination.firstError(Phase.SYNTAX) != null) {
                    throw new DockerfileException(examination.source(), examination.diagnostics());
                }
                terminal.result(AstDump.of(examination.tree()).stripTrailing());
            }
            case JSON -> {
                var printed = OciJson.printPretty(AstView.of(examination));
                terminal.result(new String(printed, StandardCharsets.UTF_8));
            }
        }
    }

    private static ObjectNode ast(ObjectNode given) {
        var bytes = CaseFile.text(given, "dockerfile").getBytes(StandardCharsets.UTF_8);
        var answer = CaseFile.answerTo(given);
        answer.setAll(AstView.withDump(Examination.of(SourceFile.of("Dockerfile", bytes))));
        return answer;
    }
}
