package dev.jbuild.sandbox;

/// How the process of a step ended.
public sealed interface StepStatus {
    /// It ended by itself.
    ///
    /// @param code 0 to 255, 0 for success
    record Exited(int code) implements StepStatus {}

    /// A signal ended it.
    record Killed(int signal) implements StepStatus {}

    /// The image has no such program, or it cannot be executed, or there is nowhere to execute it.
    ///
    /// @param exitCode as a shell would give: 127 when it is not there, else 126
    /// @param reason for the user
    record NotStarted(int exitCode, String reason) implements StepStatus {}

    default boolean isSuccess() {
        return this instanceof Exited exited && exited.code == 0;
    }

    /// {@return the code a shell would report: 128 and the signal for a killed one}
    default int exitCode() {
        return switch (this) {
            case Exited exited -> exited.code;
            case Killed killed -> 128 + killed.signal;
            case NotStarted notStarted -> notStarted.exitCode;
        };
    }
}
