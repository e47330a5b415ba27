package dev.jbuild.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// From the words of a command line to a [Command], by picocli.
///
/// picocli gets specifications made by calls and no annotated classes, which it would have to reflect on. What it
/// costs at start-up, and why that is paid, is told in docs/decisions.
final class Arguments {
    private static final String HELP = "help";

    private Arguments() {}

    /// @throws UsageException when the words do not follow the rules
    static Command parse(List<String> words) {
        var subcommand = words.isEmpty() ? null : Subcommand.of(words.getFirst());
        if (subcommand != null) {
            return parse(subcommand, words.subList(1, words.size()));
        }
        if (!words.isEmpty() && words.getFirst().equals(HELP)) {
            var asked = new ArrayList<>(words.subList(1, words.size()));
            asked.add("--help");
            return parse(asked);
        }
        // Building is what jbuild does when nothing else is named; a context called `build` is typed `./build`.
        return parse(Subcommand.BUILD, words);
    }

    private static Command parse(Subcommand subcommand, List<String> words) {
        var line = commandLine(subcommand);
        try {
            var parsed = line.parseArgs(words.toArray(String[]::new));
            for (var each : parsed.asCommandLineList()) {
                if (each.isUsageHelpRequested()) {
                    return help(each);
                }
            }
            return parsed.isVersionHelpRequested() ? new Command.Version() : subcommand.command(parsed);
        } catch (ParameterException mistake) {
            throw usage(mistake, subcommand);
        }
    }

    private static CommandLine commandLine(Subcommand subcommand) {
        var specification = subcommand.specification();
        specification.name(subcommand.word());
        return new CommandLine(specification)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                // A context may be called `@app`, and no option has a default that names a variable.
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true);
    }

    private static Command help(CommandLine command) {
        return new Command.Help(command.getUsageMessage(Ansi.OFF).stripTrailing());
    }

    private static UsageException usage(ParameterException mistake, Subcommand subcommand) {
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched, subcommand);
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec option ->
                new UsageException("option '" + option.longestName() + "' needs a value", null);
            default -> {
                var message = String.valueOf(mistake.getMessage());
                yield new UsageException(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), null);
            }
        };
    }

    private static UsageException unknown(UnmatchedArgumentException unmatched, Subcommand subcommand) {
        var name = name(unmatched.getUnmatched().getFirst());
        if (!name.startsWith("-")) {
            return new UsageException(
                    subcommand.word() + " does not know '" + name + "'",
                    "jbuild " + subcommand.word() + " --help tells what it knows");
        }
        if (subcommand == Subcommand.BUILD && BuildSyntax.NOT_YET.contains(name)) {
            return new UsageException("option '" + name + "' is not supported yet", null);
        }
        var suggestions = unmatched.getSuggestions();
        return new UsageException(
                "unknown option '" + name + "'",
                suggestions.isEmpty()
                        ? (subcommand == Subcommand.BUILD ? "jbuild" : "jbuild " + subcommand.word())
                                + " --help lists the options"
                        : "did you mean " + String.join(" or ", suggestions) + "?");
    }

    /// {@return the option without the value that is attached to it}
    private static String name(String word) {
        if (!word.startsWith("-")) {
            return word;
        }
        if (!word.startsWith("--")) {
            return word.substring(0, Math.min(2, word.length()));
        }
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }
}
