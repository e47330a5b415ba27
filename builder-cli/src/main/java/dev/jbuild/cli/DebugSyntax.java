package dev.jbuild.cli;

import dev.jbuild.debug.View;
import dev.jbuild.debug.View.Format;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of `jbuild debug`, whose second word names the view.
final class DebugSyntax {
    private static final String CASES = "--cases";
    private static final String FORMAT = "--format";
    private static final String PLAN = "plan";

    private DebugSyntax() {}

    static CommandSpec specification() {
        var debug = CommandSpec.create();
        debug.addSubcommand("ast", ast());
        debug.addSubcommand(PLAN, PlanSyntax.specification());
        debug.addSubcommand("words", cases("words", "Expands words, each with a setting of its own."));
        debug.addSubcommand("ignore", cases("ignore", "Matches paths against patterns of ignore files."));
        debug.addOption(Options.help());
        Options.layOut(debug.usageMessage());
        debug.usageMessage()
                .header("Shows what jbuild makes of a Dockerfile.", "")
                .customSynopsis("jbuild debug VIEW [OPTIONS]")
                .commandListHeading("%nViews%n");
        return debug;
    }

    private static CommandSpec ast() {
        var ast = view("ast", "[--format dump|json] FILE|-", "Shows how a Dockerfile is read, before it is checked.");
        ast.addPositional(Options.operands("FILE")
                .description("Dockerfile; - is standard input")
                .build());
        ast.addOption(Options.value("FORMAT", FORMAT)
                .description("dump (S-expressions, the default) or json (everything)")
                .build());
        ast.addOption(casesOption());
        return ast;
    }

    private static CommandSpec cases(String name, String purpose) {
        var view = view(name, "--cases FILE|-", purpose);
        view.addOption(casesOption());
        return view;
    }

    static CommandSpec view(String name, String synopsis, String purpose) {
        var view = CommandSpec.create();
        view.addOption(Options.help());
        Options.layOut(view.usageMessage());
        view.usageMessage().header(purpose, "").customSynopsis("jbuild debug " + name + " " + synopsis);
        return view;
    }

    private static OptionSpec casesOption() {
        return Options.value("FILE", CASES)
                .description("read one case a line (JSON), write one result a line; - is standard input")
                .build();
    }

    /// {@return what was asked for}
    static Command command(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            throw new UsageException("debug needs a view", "jbuild debug --help lists them");
        }
        var view = parsed.subcommand();
        return view.commandSpec().name().equals(PLAN)
                ? new Command.Plan(PlanSyntax.options(view))
                : new Command.Debug(view(view));
    }

    private static View view(ParseResult view) {
        var cases = Options.value(view, CASES);
        return switch (view.commandSpec().name()) {
            case "ast" -> cases == null ? ast(view) : new View.AstCases(path(cases));
            case "words" -> new View.WordCases(path(required(cases)));
            case "ignore" -> new View.IgnoreCases(path(required(cases)));
            default ->
                throw new IllegalStateException("no view: " + view.commandSpec().name());
        };
    }

    private static View ast(ParseResult parsed) {
        var files = Options.operands(parsed);
        if (files.size() != 1) {
            throw new UsageException("debug ast shows one file, got " + files.size(), "jbuild debug ast Dockerfile");
        }
        return new View.Ast(path(files.getFirst()), format(Options.value(parsed, FORMAT)));
    }

    private static Format format(@Nullable String name) {
        return switch (name) {
            case null -> Format.DUMP;
            case "dump" -> Format.DUMP;
            case "json" -> Format.JSON;
            default -> throw new UsageException("--format has no '" + name + "'", "formats are dump and json");
        };
    }

    private static String required(@Nullable String cases) {
        if (cases == null) {
            throw new UsageException("this view needs --cases FILE", null);
        }
        return cases;
    }

    /// Standard input has a name on Linux.
    private static Path path(String name) {
        return Path.of(name.equals("-") ? "/dev/stdin" : name);
    }
}
