package dev.jbuild.cli;

import dev.jbuild.check.LintRequest;
import dev.jbuild.check.LintRequest.Format;
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
        lint.addOption(Options.value("FORMAT", "--format")
                .description("text (the default), json or github")
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
        return new LintRequest(CallOption.subject(Options.operands(parsed), parsed), format, false);
    }

    private static Format format(@Nullable String name) {
        return switch (name) {
            case null -> Format.TEXT;
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            case "github" -> Format.GITHUB;
            default -> throw new UsageException("--format has no '" + name + "'", "formats are text, json and github");
        };
    }
}
