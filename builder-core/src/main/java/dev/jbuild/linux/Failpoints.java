package dev.jbuild.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Counts the system calls of a test run, and kills, fails or delays one of them; see docs/failpoints.md.
///
/// It is made once for a process, and only when one of its two properties is set.
final class Failpoints {
    /// `KIND:NUMBER:ACTION`: what happens instead of, or before, which call.
    static final String POINT = "jbuild.failpoint";

    /// A file that gets a line for each counted call when the process ends, killed by a failpoint or not.
    static final String RECORD = "jbuild.failpoint.record";

    private static final int SIGKILL = 9;
    private static final long DELAY = 500_000_000;
    private static final int SHORT = 1;

    /// What happens at a point.
    private sealed interface Action {}

    private enum Disturbance implements Action {
        KILL,
        DELAY,
        SHORT
    }

    private record Fail(Errno errno) implements Action {}

    /// @param number of the call among those of its kind, from 1
    /// @param onward whether all later ones are meant too
    private record Point(FailpointKind kind, long number, boolean onward, Action action) {
        static Point parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(POINT + " '" + text + "' is not KIND:NUMBER:ACTION");
            }
            boolean onward = parts[1].endsWith("+");
            String number = onward ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
            return new Point(
                    FailpointKind.valueOf(upperCase(parts[0])), Long.parseLong(number), onward, action(parts[2]));
        }

        private static Action action(String text) {
            return switch (text) {
                case "kill" -> Disturbance.KILL;
                case "delay" -> Disturbance.DELAY;
                case "short" -> Disturbance.SHORT;
                default -> new Fail(Errno.valueOf(text));
            };
        }

        private static String upperCase(String text) {
            return text.toUpperCase(Locale.ROOT);
        }

        boolean includes(long count) {
            return onward ? count >= number : count == number;
        }
    }

    private final @Nullable Point point;
    private final @Nullable Path record;
    private final StringBuilder calls = new StringBuilder();
    private final EnumMap<FailpointKind, Long> counts = new EnumMap<>(FailpointKind.class);

    private Failpoints(@Nullable Point point, @Nullable Path record) {
        this.point = point;
        this.record = record;
    }

    /// {@return what the properties ask for}
    static Failpoints ofThisProcess() {
        String point = System.getProperty(POINT);
        String record = System.getProperty(RECORD);
        var failpoints = of(point, record == null ? null : Path.of(record));
        if (record != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(failpoints::save, "failpoints"));
        }
        return failpoints;
    }

    static Failpoints of(@Nullable String point, @Nullable Path record) {
        return new Failpoints(point == null ? null : Point.parse(point), record);
    }

    /// Does, or does not do, a system call.
    ///
    /// @return as [LinuxSyscalls#call]; EINTR too
    long call(MemorySegment errno, Syscall call, long a, long b, long c, long d, long e, long f) {
        return switch (next(call, c)) {
            case null -> LinuxSyscalls.once(errno, call, a, b, c, d, e, f);
            case Fail(Errno number) -> -number.number();
            case Disturbance.SHORT ->
                switch (call) {
                    case WRITE, PWRITE64, READ, PREAD64 ->
                        LinuxSyscalls.once(errno, call, a, b, Math.min(c, SHORT), d, e, f);
                    case COPY_FILE_RANGE -> LinuxSyscalls.once(errno, call, a, b, c, d, Math.min(e, SHORT), f);
                    default -> LinuxSyscalls.once(errno, call, a, b, c, d, e, f);
                };
            case Disturbance.DELAY -> {
                LockSupport.parkNanos(DELAY);
                yield LinuxSyscalls.once(errno, call, a, b, c, d, e, f);
            }
            case Disturbance.KILL -> throw kill(errno);
        };
    }

    /// Counts the start of a child process as a change; it can be delayed and the builder killed before it.
    void enter(MemorySegment errno) {
        switch (next(Syscall.CLONE, 0)) {
            case Disturbance.DELAY -> LockSupport.parkNanos(DELAY);
            case Disturbance.KILL -> throw kill(errno);
            case Disturbance.SHORT -> {}
            case Fail _ -> {}
            case null -> {}
        }
    }

    private synchronized @Nullable Action next(Syscall call, long third) {
        FailpointKind kind = call == Syscall.CLONE ? FailpointKind.CHANGE : FailpointKind.of(call, third);
        if (kind == null) {
            return null;
        }
        long count = counts.merge(kind, 1L, Long::sum);
        Action action = point != null && point.kind == kind && point.includes(count) ? point.action : null;
        if (record != null) {
            calls.append(kind.text()).append(' ').append(count).append(' ').append(call.manualName());
            calls.append(action == null ? "\n" : " *\n");
        }
        return action;
    }

    private AssertionError kill(MemorySegment errno) {
        save();
        long pid = ProcessHandle.current().pid();
        long ignored = LinuxSyscalls.once(errno, Syscall.KILL, pid, SIGKILL, 0, 0, 0, 0);
        return new AssertionError("SIGKILL was sent to " + pid);
    }

    private synchronized void save() {
        if (record != null) {
            try {
                Files.writeString(record, calls);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
