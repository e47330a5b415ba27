package dev.jbuild.cli;

import dev.jbuild.check.LintRequest;
import dev.jbuild.check.LintRequest.Format;
import dev.jbuild.dockerfile.Suggestion;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options of `jbuild lint`.
final class LintSyntax {
    private LintSyntax() {}

    static CommandSpec specification() {
        var lint = CommandSpec.create();
        lint.addPositional(Options.operands("CONTEXT")
                .description("directory of the Dockerfile and its .dockerignore")
                .build());
        lint.addOption(Options.value("FILE", "-f", "--file")
                .description("Dockerfile (default: CONTEXT/Dockerfile)")
                .build());
        lint.addOption(Options.value("STAGE", "--target")
                .description("check this stage and what it needs (default: all stages)")
                .build());
        lint.addOption(Options.values("NAME[=VALUE]", "--build-arg")
                .description("value of an ARG; without =VALUE it is that of the environment")
                .build());
        lint.addOption(Options.value("OS/ARCH", "--platform")
                .description("platform of the image (default: that of this machine)")
                .build());
        lint.addOption(Options.values("RULE[,RULE]", "--rules")
                .description(
                        "find what these rules are about, too; repeatable:",
                        "  jbuild/all   all of jbuild's own",
                        "  jbuild/NAME  one of them: docs/rules has a page for each")
                .build());
        lint.addOption(Options.value("FORMAT", "--format")
                .description("text (the default), json, github or sarif")
                .build());
        lint.addOption(Options.help());
        Options.layOut(lint.usageMessage());
        lint.usageMessage()
                .header("Checks a Dockerfile. Asks no registry; exits with 1 when something is found.", "")
                .customSynopsis("jbuild lint [-f FILE] [OPTIONS] CONTEXT");
        return lint;
    }

    /// {@return what is to be checked}
    static LintRequest request(ParseResult parsed) {
        var format = format(Options.value(parsed, "--format"));
        return new LintRequest(CallOption.subject(Options.operands(parsed), parsed), rules(parsed), format, false);
    }

    /// {@return the rules that are asked for}
    private static Set<String> rules(ParseResult parsed) {
        var rules = new HashSet<String>();
        for (var list : Options.values(parsed, "--rules")) {
            for (var name : list.split(",", -1)) {
                var rule = Rule.of(name.strip());
                if (!name.strip().equals(CheckOptions.ALL_OWN) && (rule == null || !rule.isOptional())) {
                    throw new UsageException("--rules has no '" + name.strip() + "'", instead(name.strip(), rule));
                }
                rules.add(name.strip());
            }
        }
        return rules;
    }

    private static String instead(String name, @Nullable Rule rule) {
        if (rule != null) {
            return "that one is always on, unless # check=skip=" + name + " turns it off";
        }
        var names = new ArrayList<>(List.of(CheckOptions.ALL_OWN));
        Stream.of(Rule.values()).filter(Rule::isOptional).map(Rule::title).forEach(names::add);
        var near = Suggestion.of(name.startsWith(Rule.OWN) ? name : Rule.OWN + name, names);
        return near == null ? "rules are " + String.join(", ", names) : near;
    }

    private static Format format(@Nullable String name) {
        return switch (name) {
            case null -> Format.TEXT;
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            case "github" -> Format.GITHUB;
            case "sarif" -> Format.SARIF;
            default ->
                throw new UsageException("--format has no '" + name + "'", "formats are text, json, github and sarif");
        };
    }
}
