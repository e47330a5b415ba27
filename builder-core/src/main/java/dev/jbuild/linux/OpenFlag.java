package dev.jbuild.linux;

/// How to open a file, see open(2). Reading is the default; close-on-exec is always on.
public enum OpenFlag {
    WRITE(1, "O_WRONLY"),
    READ_WRITE(2, "O_RDWR"),
    CREATE(0x40, "O_CREAT"),
    /// With [#CREATE]: the name must be new.
    EXCLUSIVE(0x80, "O_EXCL"),
    TRUNCATE(0x200, "O_TRUNC"),
    APPEND(0x400, "O_APPEND"),
    /// Do not wait for the other end of a pipe.
    NON_BLOCKING(0x800, "O_NONBLOCK"),
    DIRECTORY(Machine.CURRENT.openDirectory, "O_DIRECTORY"),
    /// Fail with ELOOP when the last name is a symbolic link (with [#PATH]: open the link itself).
    NO_FOLLOW(Machine.CURRENT.openNoFollow, "O_NOFOLLOW"),
    /// Only a handle on the file: good for status, mounts, and as start of other paths; it opens no device.
    PATH(0x200000, "O_PATH");

    /// `O_CLOEXEC`, the same on every processor.
    private static final int CLOSE_ON_EXEC = 0x80000;

    private final int bits;
    private final String manualName;

    OpenFlag(int bits, String manualName) {
        this.bits = bits;
        this.manualName = manualName;
    }

    static int bits(OpenFlag[] flags) {
        int bits = CLOSE_ON_EXEC;
        for (OpenFlag flag : flags) {
            bits |= flag.bits;
        }
        return bits;
    }

    /// {@return the flags as open(2) names them}
    static String label(OpenFlag[] flags) {
        var text = new StringBuilder();
        for (OpenFlag flag : flags) {
            text.append(flag.manualName).append('|');
        }
        return text.append("O_CLOEXEC").toString();
    }
}
