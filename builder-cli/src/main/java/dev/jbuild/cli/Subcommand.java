package dev.jbuild.cli;

import dev.jbuild.dockerfile.Suggestion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the first word of a command line can be. A new one is a constant here, a class that describes its options,
/// and a [Command] for [Main] to run; nothing of it is loaded when another one is meant.
enum Subcommand {
    BUILD("build", "build an image (what is done when no command is named)"),
    LINT("lint", "check a Dockerfile without building it"),
    DU("du", "say what the store holds"),
    PRUNE("prune", "remove some of the store"),
    CHECK("check", "look for damage in the store, and heal it"),
    EXPLAIN("explain", "tell why steps of the last build ran"),
    DEBUG("debug", "show what jbuild makes of a Dockerfile, step by step");

    private final String word;
    private final String purpose;

    Subcommand(String word, String purpose) {
        this.word = word;
        this.purpose = purpose;
    }

    /// {@return the command of this name, or null}
    static @Nullable Subcommand of(String word) {
        for (var each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }

    /// {@return the command that somebody may have meant by `word`, or null}
    static @Nullable Subcommand near(String word) {
        var found = Suggestion.nearest(
                word, Arrays.stream(values()).map(Subcommand::word).toList());
        return found == null ? null : of(found);
    }

    String word() {
        return word;
    }

    /// {@return what the help says of it}
    String purpose() {
        return purpose;
    }

    /// {@return its options, as picocli wants them}
    CommandSpec specification() {
        return switch (this) {
            case BUILD -> BuildSyntax.specification();
            case LINT -> LintSyntax.specification();
            case DU -> StoreSyntax.diskUsage();
            case PRUNE -> StoreSyntax.prune();
            case CHECK -> StoreSyntax.check();
            case EXPLAIN -> ExplainSyntax.specification();
            case DEBUG -> DebugSyntax.specification();
        };
    }

    /// {@return what was asked for, from the result of parsing by [#specification()]}
    Command command(ParseResult parsed) {
        return switch (this) {
            case BUILD -> BuildSyntax.command(parsed);
            case LINT -> new Command.Lint(LintSyntax.request(parsed));
            case DU -> StoreSyntax.diskUsage(parsed);
            case PRUNE -> StoreSyntax.prune(parsed);
            case CHECK -> StoreSyntax.check(parsed);
            case EXPLAIN -> new Command.Explain(ExplainSyntax.options(parsed));
            case DEBUG -> DebugSyntax.command(parsed);
        };
    }
}
