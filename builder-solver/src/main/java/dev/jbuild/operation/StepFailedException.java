package dev.jbuild.operation;

import dev.jbuild.graph.Label;
import dev.jbuild.sandbox.StepStatus;

/// A command of the Dockerfile that ran and did not succeed.
public final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Label label;
    private final transient StepStatus status;

    /// @param command as a shell shows it
    StepFailedException(Label label, String command, StepStatus status) {
        super("process \"" + command + "\" did not complete successfully: " + reason(status));
        this.label = label;
        this.status = status;
    }

    /// {@return the step that failed and the instruction it came from}
    public Label label() {
        return label;
    }

    /// {@return how its process ended}
    public StepStatus status() {
        return status;
    }

    private static String reason(StepStatus status) {
        return switch (status) {
            case StepStatus.Exited(int code) -> "exit code: " + code;
            case StepStatus.Killed(int signal) -> "killed by signal " + signal;
            case StepStatus.NotStarted(int _, String reason) -> reason;
        };
    }
}
