package dev.jbuild.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// From the words of a command line to a [Command], by picocli.
///
/// picocli gets specifications made by calls and no annotated classes, which it would have to reflect on. What it
/// costs at start-up, and why that is paid, is told in docs/decisions.
final class Arguments {
    private static final String BUILD = "build";

    private Arguments() {}

    /// @throws UsageException when the words do not follow the rules
    static Command parse(List<String> words) {
        var jbuild = jbuild();
        try {
            var parsed =
                    jbuild.parseArgs(withCommand(words).toArray(String[]::new)).subcommand();
            if (parsed.isUsageHelpRequested()) {
                return help(parsed.commandSpec().commandLine());
            }
            return parsed.isVersionHelpRequested()
                    ? new Command.Version()
                    : new Command.Build(BuildSyntax.options(parsed));
        } catch (ParameterException mistake) {
            throw usage(mistake);
        }
    }

    private static CommandLine jbuild() {
        var jbuild = CommandSpec.create().name("jbuild").addSubcommand(BUILD, BuildSyntax.specification());
        return new CommandLine(jbuild)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                // A context may be called `@app`, and no option has a default that names a variable.
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true);
    }

    /// Building is what jbuild does when nothing else is named; a context called `build` is typed `./build`.
    private static List<String> withCommand(List<String> words) {
        if (!words.isEmpty() && words.getFirst().equals(BUILD)) {
            return words;
        }
        var all = new ArrayList<String>(words.size() + 1);
        all.add(BUILD);
        all.addAll(words);
        return all;
    }

    private static Command help(CommandLine command) {
        return new Command.Help(command.getUsageMessage(Ansi.OFF).stripTrailing());
    }

    private static UsageException usage(ParameterException mistake) {
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched);
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec option ->
                new UsageException("option '" + option.longestName() + "' needs a value", null);
            default -> {
                var message = String.valueOf(mistake.getMessage());
                yield new UsageException(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), null);
            }
        };
    }

    private static UsageException unknown(UnmatchedArgumentException unmatched) {
        var name = name(unmatched.getUnmatched().getFirst());
        if (BuildSyntax.NOT_YET.contains(name)) {
            return new UsageException("option '" + name + "' is not supported yet", null);
        }
        var suggestions = unmatched.getSuggestions();
        return new UsageException(
                "unknown option '" + name + "'",
                suggestions.isEmpty()
                        ? "jbuild --help lists the options"
                        : "did you mean " + String.join(" or ", suggestions) + "?");
    }

    /// {@return the option without the value that is attached to it}
    private static String name(String word) {
        if (!word.startsWith("--")) {
            return word.substring(0, Math.min(2, word.length()));
        }
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }
}
