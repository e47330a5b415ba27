package dev.jbuild.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/// A process started from a [ChildScript].
///
/// The kernel kills it when the *thread* that started it ends: start it on a platform thread that outlives it.
/// Starting and waiting block, so they never happen on a virtual thread.
public final class ChildProcess implements AutoCloseable {
    private static final long P_PIDFD = 3;
    private static final long WEXITED = 4;
    private static final int CLD_EXITED = 1;
    private static final int SIGKILL = 9;

    private final int pid;
    private final Fd handle;
    private boolean waited;

    private ChildProcess(int pid, Fd handle) {
        this.pid = pid;
        this.handle = handle;
    }

    /// How a process ended.
    ///
    /// @param code what it gave to exit(2), 0 when a signal killed it
    /// @param signal the signal that killed it, or 0
    public record Ending(int code, int signal) {}

    /// Runs the script up to and including the last `execve`.
    ///
    /// @throws ScriptException when a call of it failed
    public static ChildProcess start(ChildScript script) throws IOException {
        try (Pipe report = Pipe.open();
                Arena arena = Arena.ofConfined()) {
            var second = new SecondHalf(script, report.writeEnd());
            try (Fd program = second.program()) {
                var first = new FirstHalf(script, program, report.writeEnd(), arena);
                first.run();
                if (first.clonedPid() < 0) {
                    throw first.cloneFailure(script);
                }
                report.writeEnd().close();
                var child = new ChildProcess((int) first.clonedPid(), new Fd(first.clonedHandle()));
                child.checkStart(first, second, report.readEnd());
                return child;
            }
        }
    }

    private void checkStart(FirstHalf first, SecondHalf second, Fd report) throws IOException {
        ScriptException failure = first.findFailure();
        if (failure == null) {
            // Ends when the last execve closes the child's end.
            failure = second.findFailure(report.inputStream().readAllBytes());
        }
        if (failure != null) {
            close();
            throw failure;
        }
    }

    public int pid() {
        return pid;
    }

    /// {@return a descriptor that becomes readable when the process has ended}
    public Fd handle() {
        return handle;
    }

    /// Waits for the end. As PID 1 of a namespace it ends only after every other process there.
    public Ending waitFor() throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long status = scratch.smallAddress();
            scratch.call(Syscall.WAITID, "process " + pid, P_PIDFD, handle.number(), status, WEXITED, 0, 0);
            waited = true;
            int code = scratch.small.get(ValueLayout.JAVA_INT, 8);
            int value = scratch.small.get(ValueLayout.JAVA_INT, 24);
            return code == CLD_EXITED ? new Ending(value, 0) : new Ending(0, value);
        }
    }

    /// Sends a signal; nothing happens when the process has ended.
    public void signal(int number) throws LinuxException {
        send(handle, number);
    }

    /// Sends a signal to it and to all its descendants in its process namespace. (PID 1 of a namespace is deaf to
    /// signals it has no handler for, so `SIGTERM` to a shell alone would do nothing.)
    public void signalAll(int number) throws IOException {
        signal(number);
        ProcessTree.signalDescendants(pid, number);
    }

    static void send(Fd handle, int number) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long result = scratch.tryCall(Syscall.PIDFD_SEND_SIGNAL, handle.number(), number, 0, 0, 0, 0);
            if (result < 0 && result != -Errno.ESRCH.number()) {
                throw new LinuxException("pidfd_send_signal", handle.toString(), (int) -result);
            }
        }
    }

    /// Kills the process and waits for it when nobody has.
    @Override
    public void close() throws LinuxException {
        if (!waited) {
            signal(SIGKILL);
            Ending ignored = waitFor();
        }
        handle.close();
    }
}
