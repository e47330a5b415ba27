package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What RUN executes, and how people see it.
///
/// @param arguments program and arguments
/// @param name what the step is called, without the keyword
/// @param script the here-document that the shell is given as a file; null otherwise
/// @see <a href="https://docs.docker.com/reference/dockerfile/#run">RUN</a>
record RunCommand(List<String> arguments, String name, Operation.@Nullable Script script) {
    RunCommand {
        arguments = List.copyOf(arguments);
    }

    /// @throws PlanException when no process can have these arguments
    private RunCommand checked(SourceRange range) {
        if (arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new PlanException("nul", range, "RUN with a NUL character, which no command can be given", null);
        }
        return this;
    }

    static RunCommand of(Instruction.Run run, List<String> shell, SourceRange range) {
        RunCommand command = switch (run.command()) {
            case Command.Exec(List<String> arguments) -> {
                if (arguments.isEmpty()) {
                    throw withoutCommand(range);
                }
                yield new RunCommand(arguments, String.join(" ", arguments), null);
            }
            case Command.Shell written -> {
                if (written.line().isBlank()) {
                    throw withoutCommand(range);
                }
                yield written.isScript() ? script(written, shell) : line(written, shell);
            }
        };
        return command.checked(range);
    }

    private static PlanException withoutCommand(SourceRange range) {
        return new PlanException("empty-run", range, "RUN without a command", "for example RUN make");
    }

    static List<String> withShell(List<String> shell, String line) {
        var arguments = new ArrayList<>(shell);
        arguments.add(line);
        return arguments;
    }

    /// One here-document and nothing else: its text is a script for the shell. When its first line names a program, the
    /// shell executes it as a file.
    private static RunCommand script(Command.Shell command, List<String> shell) {
        Heredoc document = command.heredocs().getFirst();
        String text = document.text();
        int lineEnd = text.indexOf('\n');
        String more = lineEnd >= 0 && lineEnd < text.length() - 1 ? "..." : "";
        String name = command.line() + " (" + (lineEnd < 0 ? text : text.substring(0, lineEnd)) + more + ")";
        if (!text.startsWith("#!")) {
            return new RunCommand(withShell(shell, text), name, null);
        }
        String file = FileInstruction.fileName(document);
        List<String> arguments = withShell(shell, "/dev/pipes/" + file);
        return new RunCommand(arguments, name, new Operation.Script(file, text));
    }

    /// The shell reads here-documents of a longer line itself, so it gets them back as they were written.
    private static RunCommand line(Command.Shell command, List<String> shell) {
        var text = new StringBuilder(command.line());
        for (Heredoc document : command.heredocs()) {
            text.append('\n').append(document.content()).append(document.name());
        }
        return new RunCommand(withShell(shell, text.toString()), command.line(), null);
    }
}
