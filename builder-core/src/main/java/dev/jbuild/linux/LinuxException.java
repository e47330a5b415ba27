package dev.jbuild.linux;

import java.io.IOException;

/// A system call that failed: `open /x: permission denied (EACCES)`.
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1;

    private final String call;
    private final String object;
    private final int number;

    /// @param call what was done, by the name of its system call or a plain verb
    /// @param object the path or thing it was done to, fit to print; may be empty
    /// @param number the errno
    public LinuxException(String call, String object, int number) {
        super(message(call, object, number));
        this.call = call;
        this.object = object;
        this.number = number;
    }

    public String call() {
        return call;
    }

    public String object() {
        return object;
    }

    public Errno errno() {
        return Errno.of(number);
    }

    public boolean is(Errno errno) {
        return errno() == errno;
    }

    private static String message(String call, String object, int number) {
        Errno errno = Errno.of(number);
        String name = errno == Errno.UNKNOWN ? "errno " + number : errno.name();
        return call + (object.isEmpty() ? "" : " " + object) + ": " + errno.text() + " (" + name + ")";
    }
}
