package dev.jbuild.sandbox;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.ScriptException;
import dev.jbuild.linux.Syscall;
import dev.jbuild.sandbox.StepStatus.NotStarted;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells the failures of a script that are the image's or the step's fault from those of the machine.
final class ImageFaults {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    private final SandboxSpec spec;
    private final IdentityHashMap<Argument, String> reasons = new IdentityHashMap<>();

    ImageFaults(SandboxSpec spec) {
        this.spec = spec;
    }

    /// Declares that a failure of the call which gives `result` has this reason.
    void declare(Argument result, String reason) {
        reasons.put(result, reason);
    }

    /// {@return how the step ends by `failure`, or null when the machine is the reason}
    @Nullable
    NotStarted find(ScriptException failure) {
        String reason = reasons.get(failure.step().result());
        if (reason != null) {
            return new NotStarted(
                    NOT_EXECUTABLE, reason + ": " + failure.errno().text());
        }
        if (failure.step().call() == Syscall.EXECVE) {
            return execution(failure);
        }
        return null;
    }

    private NotStarted execution(ScriptException failure) {
        ByteString program = spec.arguments().getFirst();
        List<Errno> errors = failure.executionErrors();
        // As execvp(3): a file that may not be executed says more than the places where there is none.
        Errno errno = errors.contains(Errno.EACCES) ? Errno.EACCES : failure.errno();
        return switch (errno) {
            case ENOENT, ENOTDIR -> new NotStarted(NOT_FOUND, notFound(program));
            case EACCES -> new NotStarted(NOT_EXECUTABLE, "'" + program + "' in the image is not executable");
            case ENOEXEC ->
                new NotStarted(
                        NOT_EXECUTABLE,
                        "'" + program + "' is not a program for this machine; is the image for another platform?");
            case E2BIG -> new NotStarted(NOT_EXECUTABLE, "arguments and environment of '" + program + "' are too long");
            default -> new NotStarted(NOT_EXECUTABLE, "cannot execute '" + program + "': " + errno.text());
        };
    }

    private static String notFound(ByteString program) {
        return program.indexOf('/') < 0
                ? "no '" + program + "' in the PATH of the image"
                : "no '" + program + "' in the image, or not the interpreter it needs";
    }
}
