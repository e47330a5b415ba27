package dev.jbuild.lint;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Heredoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One command of a step. Nothing is expanded, and what stands in quotes or substitutions is only roughly told apart:
/// enough to recognise the programs that rules are about.
///
/// @param program without its directory, and without what only runs it, such as `sudo`
record ShellCommand(String program, List<String> arguments) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh");

    /// Words that stand before a command.
    private static final Set<String> PREFIXES = Set.of(
            "sudo",
            "env",
            "exec",
            "time",
            "command",
            "nice",
            "!",
            "{",
            "if",
            "then",
            "else",
            "elif",
            "do",
            "while",
            "until",
            "eatmydata");

    ShellCommand {
        arguments = List.copyOf(arguments);
    }

    /// Whether an argument is this word.
    boolean has(String word) {
        return arguments.contains(word);
    }

    /// The command as a person would type it, not longer than a message can bear.
    String shown() {
        var text = (program + " " + String.join(" ", arguments)).strip();
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    /// The commands of a RUN, those of scripts in here-documents included.
    static List<ShellCommand> of(Command command) {
        return switch (command) {
            case Command.Exec(var words) -> {
                var isShell = words.size() > 2 && SHELLS.contains(lastName(words.getFirst()));
                yield isShell && words.get(1).endsWith("c") ? of(words.get(2)) : list(words);
            }
            case Command.Shell shell -> {
                var commands = new ArrayList<>(shell.isScript() ? List.of() : of(shell.line()));
                var runsThem = shell.isScript()
                        || (!commands.isEmpty()
                                && SHELLS.contains(commands.getFirst().program()));
                for (Heredoc heredoc : runsThem ? shell.heredocs() : List.<Heredoc>of()) {
                    // Another interpreter than a shell reads no shell commands.
                    if (!heredoc.content().startsWith("#!")
                            || firstLine(heredoc.content()).endsWith("sh")) {
                        commands.addAll(of(heredoc.content()));
                    }
                }
                yield commands;
            }
        };
    }

    private static String firstLine(String text) {
        var end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    static List<ShellCommand> of(String script) {
        var commands = new ArrayList<ShellCommand>();
        for (var words : new ShellText(script).commands()) {
            commands.addAll(list(words));
        }
        return commands;
    }

    /// No command when nothing but prefixes stands there.
    private static List<ShellCommand> list(List<String> words) {
        var start = 0;
        while (start < words.size() && isBefore(words, start)) {
            start++;
        }
        return start == words.size()
                ? List.of()
                : List.of(new ShellCommand(lastName(words.get(start)), words.subList(start + 1, words.size())));
    }

    private static boolean isBefore(List<String> words, int index) {
        var word = words.get(index);
        var equals = word.indexOf('=');
        var isAssignment = equals > 0 && word.lastIndexOf('/', equals) < 0 && !word.startsWith("-");
        return isAssignment || PREFIXES.contains(word) || (index > 0 && word.startsWith("-"));
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
