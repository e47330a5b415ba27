package dev.jbuild.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;

/// The processes below one, through `/proc/PID/task/TID/children`.
final class ProcessTree {
    private static final ByteString PROC = ByteString.of("/proc");

    private ProcessTree() {}

    /// Signals all that are there now; those that end meanwhile are left out.
    static void signalDescendants(int ancestor, int signal) throws IOException {
        var waiting = new ArrayDeque<Integer>();
        var seen = new HashSet<Integer>();
        waiting.add(ancestor);
        while (!waiting.isEmpty()) {
            for (int child : children(waiting.remove())) {
                if (seen.add(child)) {
                    signal(child, ancestor, signal);
                    waiting.add(child);
                }
            }
        }
    }

    /// A number may have been given to another process since it was read. So a handle is opened first, and only when
    /// the process still is in the namespace of `ancestor` after that, the handle is used.
    private static void signal(int pid, int ancestor, int signal) throws IOException {
        try (Scratch scratch = Scratch.borrow()) {
            long number = scratch.tryCall(Syscall.PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
            if (number < 0) {
                return;
            }
            try (Fd handle = new Fd((int) number)) {
                if (namespace(pid).equals(namespace(ancestor))) {
                    ChildProcess.send(handle, signal);
                }
            }
        } catch (LinuxException ended) {
            if (!isGone(ended)) {
                throw ended;
            }
        }
    }

    private static ByteString namespace(int pid) throws LinuxException {
        try (Directory proc = Directory.open(PROC)) {
            return proc.readSymlink(ByteString.of(pid + "/ns/pid"));
        }
    }

    private static Set<Integer> children(int pid) throws IOException {
        var children = new HashSet<Integer>();
        try (Directory tasks = Directory.open(ByteString.of("/proc/" + pid + "/task"))) {
            for (DirectoryEntry task : tasks.entries()) {
                try (Fd file = tasks.openFile(task.name().resolve(ByteString.of("children")))) {
                    byte[] list = file.inputStream().readAllBytes();
                    var numbers = new StringTokenizer(new String(list, StandardCharsets.US_ASCII));
                    while (numbers.hasMoreTokens()) {
                        children.add(Integer.parseInt(numbers.nextToken()));
                    }
                }
            }
        } catch (LinuxException ended) {
            if (!isGone(ended)) {
                throw ended;
            }
        }
        return children;
    }

    private static boolean isGone(LinuxException failure) {
        return failure.is(Errno.ENOENT) || failure.is(Errno.ESRCH);
    }
}
