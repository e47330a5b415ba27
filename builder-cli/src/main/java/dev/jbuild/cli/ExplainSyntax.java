package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options of `jbuild explain`.
final class ExplainSyntax {
    private ExplainSyntax() {}

    static CommandSpec specification() {
        var explain = CommandSpec.create();
        explain.addPositional(Options.operands("CONTEXT")
                .description("of the build that is meant (default: the last build of all)")
                .build());
        explain.addOption(Options.value("FILE", "-f", "--file")
                .description("its Dockerfile (default: CONTEXT/Dockerfile)")
                .build());
        explain.addOption(Options.value("STAGE", "--target")
                .description("its target, when it had one")
                .build());
        explain.addOption(Options.value("OS/ARCH", "--platform")
                .description("its platform, when it had one")
                .build());
        explain.addOption(Options.flag("--json")
                .description("everything that is known, as JSON")
                .build());
        explain.addOption(Options.value("DIR", "--root")
                .description("directory of the local store")
                .build());
        explain.addOption(Options.help());
        Options.layOut(explain.usageMessage());
        explain.usageMessage()
                .header("Tells why steps of the last build ran, or why they did not.", "")
                .customSynopsis("jbuild explain [-f FILE] [OPTIONS] [CONTEXT]");
        return explain;
    }

    static ExplainOptions options(ParseResult parsed) {
        var contexts = Options.operands(parsed);
        if (contexts.size() > 1) {
            throw new UsageException(
                    "explain takes one context, got " + contexts.size(), "jbuild explain [OPTIONS] [CONTEXT]");
        }
        return new ExplainOptions(
                contexts.isEmpty() ? null : request(Path.of(contexts.getFirst()), parsed),
                Options.given(parsed, "--json"),
                Options.root(parsed));
    }

    private static BuildRequest request(Path context, ParseResult parsed) {
        @Nullable String target = Options.value(parsed, "--target");
        return BuildRequest.of(context)
                .dockerfile(BuildCommand.dockerfile(context, Options.value(parsed, "--file")))
                .target(target)
                .platform(PlatformOption.parse(Options.value(parsed, "--platform"), System.getenv()))
                .build();
    }
}
