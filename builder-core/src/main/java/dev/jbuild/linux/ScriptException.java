package dev.jbuild.linux;

import java.io.IOException;
import java.util.List;

/// A child that could not be started: the call of its script that failed.
///
/// `cannot mount /proc: fsmount(proc, FSMOUNT_CLOEXEC): operation not permitted (EPERM), step 12 of 61`
public final class ScriptException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient SyscallScript.Step step;
    private final int number;
    private final transient List<Errno> executionErrors;

    /// @param position which of the steps it was, like `step 12 of 61`
    /// @param errno the number of the failure
    /// @param executionErrors why each `execve` failed; empty when the script did not come that far
    ScriptException(SyscallScript.Step step, String position, int errno, List<Errno> executionErrors) {
        super(message(step, position, errno));
        this.step = step;
        this.number = errno;
        this.executionErrors = List.copyOf(executionErrors);
    }

    public SyscallScript.Step step() {
        return step;
    }

    public Errno errno() {
        return Errno.of(number);
    }

    /// {@return why each candidate of the execution could not be started, in order; empty when something failed before}
    public List<Errno> executionErrors() {
        return executionErrors;
    }

    private static String message(SyscallScript.Step step, String position, int number) {
        Errno errno = Errno.of(number);
        String name = errno == Errno.UNKNOWN ? "errno " + number : errno.name();
        return "cannot " + step.purpose() + ": " + step + ": " + errno.text() + " (" + name + "), " + position;
    }
}
