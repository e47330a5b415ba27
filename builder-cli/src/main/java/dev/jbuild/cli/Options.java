package dev.jbuild.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Range;

/// The kinds of options that commands have, made for picocli and read back from it.
final class Options {
    /// Columns of the help that names of options, and of commands, take.
    static final int OPTION_WIDTH = 28;

    private static final int WIDTH = 100;

    private Options() {}

    /// Makes the help of a command look like that of the others.
    static void layOut(UsageMessageSpec usage) {
        usage.width(WIDTH).longOptionsMaxWidth(OPTION_WIDTH).sortOptions(false);
    }

    /// {@return an option that is given or not}
    static OptionSpec.Builder flag(String... names) {
        // A plain "0" would refuse `--quiet=false`.
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity(Range.valueOf("0").unspecified(true));
    }

    /// {@return an option with one value, of which the last counts}
    static OptionSpec.Builder value(String label, String... names) {
        return OptionSpec.builder(names).type(String.class).paramLabel(label);
    }

    /// {@return an option that can be repeated}
    static OptionSpec.Builder values(String label, String... names) {
        return value(label, names).type(List.class).auxiliaryTypes(String.class);
    }

    /// {@return all words that are no options; whoever takes them says how many there can be}
    static PositionalParamSpec.Builder operands(String label) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true);
    }

    /// {@return the option that asks for the help of a command}
    static OptionSpec help() {
        return flag("-h", "--help").usageHelp(true).description("print this").build();
    }

    static boolean given(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, false);
    }

    static @Nullable String value(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, null);
    }

    /// {@return the directory of the local store that `--root` names; null when it names none}
    static @Nullable Path root(ParseResult parsed) {
        var text = value(parsed, "--root");
        if (text != null && text.isEmpty()) {
            throw new UsageException("--root names no directory", "for example --root ~/.cache/jbuild");
        }
        return text == null ? null : Path.of(text);
    }

    static List<String> values(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    static List<String> operands(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, List.of());
    }
}
