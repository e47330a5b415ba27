package dev.jbuild.cli;

import dev.jbuild.debug.PlanView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options of `jbuild debug plan`.
final class PlanSyntax {
    private PlanSyntax() {}

    static CommandSpec specification() {
        var plan = DebugSyntax.view("plan", "[OPTIONS] FILE...", "Shows what would be done to build a Dockerfile.");
        plan.addPositional(Options.operands("FILE").description("Dockerfiles").build());
        plan.addOption(Options.value("FORMAT", "--format")
                .description("text (the default), json (one object a file) or dot (for Graphviz)")
                .build());
        plan.addOption(Options.flag("--offline")
                .description("ask no registry: base images have one layer and an empty config")
                .build());
        plan.addOption(Options.flag("--time")
                .description("say at the end how long reading and planning a file took")
                .build());
        plan.addOption(Options.value("STAGE", "--target")
                .description("plan this stage (default: the last one)")
                .build());
        plan.addOption(Options.value("OS/ARCH", "--platform")
                .description("platform of the image (default: that of this machine)")
                .build());
        plan.addOption(Options.values("NAME[=VALUE]", "--build-arg")
                .description("value of an ARG; without =VALUE it is that of the environment")
                .build());
        plan.addOption(Options.values("HOST=URL", "--registry-mirror")
                .description("ask URL instead of the registry HOST; repeatable")
                .build());
        plan.addOption(Options.value("DIR", "--root")
                .description("directory of the local store")
                .build());
        return plan;
    }

    static PlanOptions options(ParseResult parsed) {
        var files = Options.operands(parsed);
        if (files.isEmpty()) {
            throw new UsageException("debug plan needs a Dockerfile", "jbuild debug plan Dockerfile");
        }
        return new PlanOptions(
                files,
                Options.value(parsed, "--target"),
                Options.value(parsed, "--platform"),
                Options.values(parsed, "--build-arg"),
                Options.values(parsed, "--registry-mirror"),
                Options.root(parsed),
                Options.given(parsed, "--offline"),
                Options.given(parsed, "--time"),
                format(Options.value(parsed, "--format")));
    }

    private static PlanView.Format format(@Nullable String name) {
        return switch (name) {
            case null -> PlanView.Format.TEXT;
            case "text" -> PlanView.Format.TEXT;
            case "json" -> PlanView.Format.JSON;
            case "dot" -> PlanView.Format.DOT;
            default -> throw new UsageException("--format has no '" + name + "'", "formats are text, json and dot");
        };
    }
}
