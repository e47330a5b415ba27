package dev.jbuild.linux;

import java.lang.foreign.ValueLayout;

/// The limits of a process, see getrlimit(2).
public enum ResourceLimit {
    CORE(4, "RLIMIT_CORE"),
    OPEN_FILES(7, "RLIMIT_NOFILE");

    private final int number;
    private final String label;

    ResourceLimit(int number, String label) {
        this.number = number;
        this.label = label;
    }

    public int number() {
        return number;
    }

    /// {@return how far this process may raise the limit, -1 for no end}
    public long hard() throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            scratch.call(Syscall.PRLIMIT64, label, 0, number, 0, scratch.smallAddress(), 0, 0);
            return scratch.small.get(ValueLayout.JAVA_LONG, 8);
        }
    }

    /// {@return its name in the manual}
    @Override
    public String toString() {
        return label;
    }
}
