package dev.jbuild.cli;

import dev.jbuild.build.BuildStepException;
import dev.jbuild.build.UnavailableSourceException;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.progress.FailedStep;
import dev.jbuild.sandbox.SandboxUnavailableException;
import dev.jbuild.terminal.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a build that failed leaves on the terminal: the end of each failed step's output, the place in the
/// Dockerfile, and one line that says what went wrong.
final class FailureReport {
    private static final String RULE = "------";
    private static final String SANDBOX_HINT =
            "an ordinary user needs newuidmap, for example from the package uidmap, and"
                    + " a range of ids in /etc/subuid; inside a container, more privileges";

    private FailureReport() {}

    static ExitCode print(Throwable failure, List<FailedStep> failedSteps, boolean debug, Terminal terminal) {
        var code = ExitCode.of(failure);
        // A disk that is full concerns no step's output: where there is none, the step is named in the line itself.
        var silent = code == ExitCode.STORAGE
                && failedSteps.stream().allMatch(step -> step.lines().isEmpty());
        for (var step : silent ? List.<FailedStep>of() : failedSteps) {
            terminal.message(RULE);
            terminal.message(" > " + step.name() + ":");
            for (var line : step.lines()) {
                terminal.messageLine(line);
            }
            terminal.message(RULE);
        }
        switch (failure) {
            case DockerfileException dockerfile ->
                terminal.message(dockerfile.render().stripTrailing());
            case UsageException usage -> usage(usage, terminal);
            case BuildStepException step -> step(step, step.excerpt(), terminal);
            case UnavailableSourceException source -> step(source, source.excerpt(), terminal);
            case SandboxUnavailableException sandbox ->
                terminal.message("jbuild: no sandbox for RUN: " + message(sandbox) + " (" + SANDBOX_HINT + ")");
            default -> {
                if (code == ExitCode.BUG) {
                    BugReport.write(failure, debug, terminal);
                } else {
                    var during = silent && !failedSteps.isEmpty()
                            ? failedSteps.getFirst().name() + ": "
                            : "";
                    terminal.message("jbuild: " + during + message(failure));
                }
            }
        }
        return code;
    }

    private static void step(RuntimeException step, @Nullable String excerpt, Terminal terminal) {
        if (excerpt != null) {
            terminal.message(excerpt.stripTrailing());
        }
        terminal.message("jbuild: " + message(step));
    }

    static void usage(UsageException usage, Terminal terminal) {
        var hint = usage.hint();
        terminal.message("jbuild: " + usage.getMessage() + (hint == null ? "" : " (" + hint + ")"));
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
