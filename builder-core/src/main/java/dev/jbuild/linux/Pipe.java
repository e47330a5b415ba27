package dev.jbuild.linux;

import java.lang.foreign.ValueLayout;

/// The two ends of a pipe. Closing it closes both.
public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {
    public static Pipe open() throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            scratch.call(Syscall.PIPE2, "", scratch.smallAddress(), 0x80000, 0, 0, 0, 0);
            return new Pipe(
                    new Fd(scratch.small.get(ValueLayout.JAVA_INT, 0)),
                    new Fd(scratch.small.get(ValueLayout.JAVA_INT, 4)));
        }
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
