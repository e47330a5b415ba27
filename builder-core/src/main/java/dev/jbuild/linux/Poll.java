package dev.jbuild.linux;

import java.lang.foreign.ValueLayout;
import java.util.List;

/// Waiting for several descriptors at once, on a platform thread.
public final class Poll {
    private static final int POLLIN = 1;
    private static final int MOST = 60;

    private Poll() {}

    /// Waits until one of them can be read without waiting (or its other end is closed).
    ///
    /// @param timeoutMillis negative: for ever
    /// @return bit i: `descriptors.get(i)` is ready; 0 after the time
    public static long readable(List<Fd> descriptors, long timeoutMillis) throws LinuxException {
        if (descriptors.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " descriptors");
        }
        try (Scratch scratch = Scratch.borrow()) {
            for (int i = 0; i < descriptors.size(); i++) {
                scratch.data.set(
                        ValueLayout.JAVA_INT, 8L * i, descriptors.get(i).number());
                scratch.data.set(ValueLayout.JAVA_INT, 8L * i + 4, POLLIN);
            }
            scratch.small.set(ValueLayout.JAVA_LONG, 0, timeoutMillis / 1000);
            scratch.small.set(ValueLayout.JAVA_LONG, 8, timeoutMillis % 1000 * 1_000_000);
            long time = timeoutMillis < 0 ? 0 : scratch.smallAddress();
            scratch.call(Syscall.PPOLL, "", scratch.dataAddress(), descriptors.size(), time, 0, 8, 0);
            long ready = 0;
            for (int i = 0; i < descriptors.size(); i++) {
                ready |= scratch.data.get(ValueLayout.JAVA_SHORT, 8L * i + 6) != 0 ? 1L << i : 0;
            }
            return ready;
        }
    }
}
