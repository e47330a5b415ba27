package dev.jbuild.linux;

import java.util.Set;
import java.util.TreeSet;

/// The whole life of a child process up to its last `execve`, as a value.
///
/// It has two halves. The first is done by a child that still shares its memory with the Java process, so it must not
/// change its credentials: that would make the Java process itself undumpable. Then the child becomes a tiny
/// program of its own, which does the rest; in between it has no name that leads to the host's `java`.
///
/// @param namespaces the child's own ones
/// @param setup the first half: mounts, root directory, limits, standard descriptors
/// @param confinement of the second half: what the process gives up
/// @param execution the candidates of `execve` in order, all but the last tolerating failures
public record ChildScript(
        Set<Namespace> namespaces, SyscallScript setup, SyscallScript confinement, SyscallScript execution) {
    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;
    private static final int SIGNALS = 64;
    private static final Argument NULL = Argument.number(0, "NULL");
    private static final SyscallScript RESET_SIGNALS = resetSignals();

    public ChildScript {
        namespaces = Set.copyOf(namespaces);
    }

    /// {@return everything the child does, one call a line}
    @Override
    public String toString() {
        return "clone(" + new TreeSet<>(namespaces) + ")\n" + setup + "execveat(second half)\n" + confinement
                + RESET_SIGNALS + release(Argument.number(-1, "report")) + execution;
    }

    /// {@return the number of calls in both halves, those that lead from one to the other included}
    int size() {
        return setup.steps().size()
                + FirstHalf.OWN_STEPS
                + confinement.steps().size()
                + RESET_SIGNALS.steps().size()
                + release(Argument.number(-1)).steps().size()
                + execution.steps().size();
    }

    /// {@return the second half}
    ///
    /// @param report write end of the pipe whose reader is the Java process
    SyscallScript secondHalf(Argument report) {
        return confinement.then(RESET_SIGNALS).then(release(report)).then(execution);
    }

    /// What every child does just before its last `execve`: nothing of the Java process stays with it but the wish to
    /// die together. (The parent's death counts only from the prctl on, so whether it still lives is asked after.)
    private static SyscallScript release(Argument report) {
        var script = SyscallScript.builder();
        script.purpose("end together with the builder");
        script.call(Syscall.PRCTL, Argument.number(1, "PR_SET_PDEATHSIG"), Argument.number(SIGKILL, "SIGKILL"));
        script.call(Syscall.WRITE, report, Argument.text("A"), Argument.number(1));
        script.purpose("close descriptors");
        script.call(
                Syscall.CLOSE_RANGE,
                Argument.number(3),
                Argument.number(0xffffffffL, "~0"),
                Argument.number(4, "CLOSE_RANGE_CLOEXEC"));
        script.purpose("unblock signals");
        script.call(
                Syscall.RT_SIGPROCMASK,
                Argument.number(2, "SIG_SETMASK"),
                Argument.longs("[]", 0),
                NULL,
                Argument.number(8));
        return script.build();
    }

    private static SyscallScript resetSignals() {
        var script = SyscallScript.builder();
        script.purpose("reset signals");
        Argument byDefault = Argument.longs("{SIG_DFL}", 0, 0, 0, 0);
        for (int signal = 1; signal <= SIGNALS; signal++) {
            if (signal != SIGKILL && signal != SIGSTOP) {
                script.call(Syscall.RT_SIGACTION, Argument.number(signal), byDefault, NULL, Argument.number(8));
            }
        }
        return script.build();
    }
}
