package dev.jbuild.cli;

import dev.jbuild.build.ImageBuild;
import dev.jbuild.oci.OciJson;
import dev.jbuild.record.BuildRecord;
import dev.jbuild.record.StepRecord;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `jbuild explain`: the last build, step by step.
final class ExplainCommand {
    private ExplainCommand() {}

    static ExitCode run(ExplainOptions options, Settings settings, Terminal terminal)
            throws IOException, InterruptedException {
        var stateDirectory = settings.stateDirectory(options.root());
        var name = options.request() == null ? null : options.request().project();
        Optional<BuildRecord> last = ImageBuild.lastBuild(stateDirectory, name);
        if (last.isEmpty()) {
            throw new UsageException(
                    name == null ? "no build is known" : "no build of " + name + " is known",
                    "build it first; --root names another store");
        }
        terminal.result(options.json() ? json(last.get()) : text(last.get()));
        return ExitCode.DONE;
    }

    private static String json(BuildRecord build) {
        return new String(OciJson.printPretty(build.toJson()), StandardCharsets.UTF_8).stripTrailing();
    }

    private static String text(BuildRecord build) {
        var text = new StringBuilder();
        text.append(build.project()).append(", built at ").append(build.finished());
        for (StepRecord step : build.steps()) {
            text.append('\n').append(line(step));
        }
        return text.toString();
    }

    private static String line(StepRecord step) {
        return switch (step.fate()) {
            case BASE -> "BASE " + step.name();
            case CACHED -> "HIT  " + step.name();
            case RAN -> "MISS " + step.name() + "\n     because " + step.causeText();
        };
    }
}
