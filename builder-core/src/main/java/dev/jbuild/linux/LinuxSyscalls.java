package dev.jbuild.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Every native call of jbuild passes [#call].
///
/// There is one downcall shape, `long f(long, long, long, long, long, long, long)`: each further one would cost
/// some 20 ms of a cold start. glibc's `syscall` has it, and so has the stub that runs a [SyscallScript].
/// A call keeps its carrier thread, so one that may block for long belongs on a platform thread.
final class LinuxSyscalls {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private static final MemorySegment SYSCALL = LINKER.defaultLookup()
            .find("syscall")
            .orElseThrow(() -> new UnsupportedOperationException("the C library has no syscall()"));

    /// Null outside of tests: the compiler then leaves out all that it guards.
    private static final @Nullable Failpoints FAILPOINTS =
            System.getProperty(Failpoints.POINT) == null && System.getProperty(Failpoints.RECORD) == null
                    ? null
                    : Failpoints.ofThisProcess();

    private LinuxSyscalls() {}

    /// Does one system call, again while a signal interrupts it.
    ///
    /// @param errno where the error number is kept during the call, four bytes
    /// @return the result, or the negated errno
    static long call(MemorySegment errno, Syscall call, long a, long b, long c, long d, long e, long f) {
        while (true) {
            long result = FAILPOINTS == null
                    ? once(errno, call, a, b, c, d, e, f)
                    : FAILPOINTS.call(errno, call, a, b, c, d, e, f);
            // After close() the descriptor is gone even when a signal came, and another thread may have its number.
            if (result != -Errno.EINTR.number() || call == Syscall.CLOSE) {
                return result;
            }
        }
    }

    /// Does one system call, once.
    ///
    /// @return as [#call]
    static long once(MemorySegment errno, Syscall call, long a, long b, long c, long d, long e, long f) {
        long result = invoke(SYSCALL, errno, call.number(), a, b, c, d, e, f);
        return result == -1 ? -errno.get(ValueLayout.JAVA_INT, 0) : result;
    }

    /// Calls the code at `entry` with one argument; it returns a plain long.
    static long enter(MemorySegment entry, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            if (FAILPOINTS != null) {
                FAILPOINTS.enter(arena.allocate(8));
            }
            return invoke(entry, arena.allocate(8), argument, 0, 0, 0, 0, 0, 0);
        }
    }

    private static long invoke(
            MemorySegment function, MemorySegment errno, long n, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(function, errno, n, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }
}
