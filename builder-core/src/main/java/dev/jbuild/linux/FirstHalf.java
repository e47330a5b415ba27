package dev.jbuild.linux;

import dev.jbuild.linux.ScriptImage.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The half of a [ChildScript] that runs in memory shared with the Java process.
///
/// The thread blocks all signals before the clone, so that no handler of the Java process runs in the child, and
/// gets its mask back after it; both happen inside one native call, because Java code needs its signals.
///
/// ```
/// 0 block signals   1 clone   2.. setup, execveat   exit_group (child, after a failure)   restore (parent)   return
/// ```
final class FirstHalf {
    /// How many steps it adds to the setup.
    static final int OWN_STEPS = 2;

    private static final int SETUP = 2;
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_PIDFD = 0x1000;
    private static final long CLONE_VFORK = 0x4000;
    private static final long SIGCHLD = 17;
    private static final Argument NULL = Argument.number(0, "NULL");
    private static final Argument EIGHT = Argument.number(8);
    private static final Argument SIG_SETMASK = Argument.number(2, "SIG_SETMASK");

    private final List<SyscallScript.Step> steps;
    private final int total;
    private final List<Entry> entries = new ArrayList<>();
    private final Argument processHandle = Argument.longs("handle", 0);
    private final ScriptImage image;
    private final MemorySegment memory;

    /// @param program the second half
    /// @param report write end of the report pipe, the one descriptor that the second half still needs
    FirstHalf(ChildScript script, Fd program, Fd report, Arena arena) {
        var execution = SyscallScript.builder();
        execution.purpose("start the second half");
        execution.call(
                Syscall.FCNTL,
                Argument.descriptor(report, "report"),
                Argument.number(2, "F_SETFD"),
                Argument.number(0));
        execution.call(
                Syscall.EXECVEAT,
                Argument.descriptor(program, "program"),
                Argument.text(""),
                Argument.texts(List.of(ByteString.of("jbuild-step"))),
                Argument.texts(List.of()),
                Argument.number(Fd.AT_EMPTY_PATH, "AT_EMPTY_PATH"));
        steps = script.setup().then(execution.build()).steps();
        total = script.size();
        fillEntries(script.namespaces());
        int handler = SETUP + steps.size();
        memory = arena.allocate(ScriptImage.sizeLimit(entries), 16);
        image = ScriptImage.of(memory.address(), entries, handler);
        byte[] bytes = image.bytes();
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    private void fillEntries(Set<Namespace> namespaces) {
        Argument mask = Argument.longs("mask", 0);
        long flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
        for (Namespace namespace : namespaces) {
            flags |= namespace.flag();
        }
        List<Argument> clone = List.of(Argument.number(flags), NULL, processHandle, NULL, NULL);
        entries.add(Entry.ignoring(Syscall.RT_SIGPROCMASK, SIG_SETMASK, Argument.longs("~[]", -1), mask, EIGHT));
        entries.add(new Entry(Syscall.CLONE, clone, Entry.ANY, steps.size() + 1, Entry.POSITIVE, null));
        steps.forEach(step -> entries.add(Entry.of(step)));
        entries.add(Entry.ignoring(Syscall.EXIT_GROUP, Argument.number(127)));
        entries.add(Entry.ignoring(Syscall.RT_SIGPROCMASK, SIG_SETMASK, mask, NULL, EIGHT));
        entries.add(Entry.RETURN);
    }

    /// Runs it: returns when the child has become the second half, or has ended.
    void run() throws LinuxException {
        Stub.run(memory.address());
    }

    /// {@return the child's process id, or a negated errno}
    long clonedPid() {
        return memory.get(ValueLayout.JAVA_LONG, ScriptImage.recordOffset(1) + ScriptImage.RESULT);
    }

    /// {@return the descriptor of the child}
    int clonedHandle() {
        return memory.get(ValueLayout.JAVA_INT, image.offsetOf(processHandle));
    }

    /// {@return the failure of the clone itself}
    ScriptException cloneFailure(ChildScript script) {
        var clone = SyscallScript.builder();
        clone.purpose("make namespaces");
        clone.call(Syscall.CLONE, Argument.number(0, script.namespaces().toString()));
        return new ScriptException(
                clone.build().steps().getFirst(), "before the first step", (int) -clonedPid(), List.of());
    }

    @Nullable
    ScriptException findFailure() {
        long failed = memory.get(ValueLayout.JAVA_LONG, ScriptImage.FAILED);
        if (failed == 0) {
            return null;
        }
        long offset = failed - memory.address();
        int step = (int) (offset / ScriptImage.RECORD) - 1 - SETUP;
        int errno = (int) -memory.get(ValueLayout.JAVA_LONG, offset + ScriptImage.RESULT);
        return new ScriptException(steps.get(step), "step " + (step + 1) + " of " + total, errno, List.of());
    }
}
