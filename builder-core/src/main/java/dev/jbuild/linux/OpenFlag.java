package dev.jbuild.linux;

/// How to open a file, see open(2). Reading is the default; close-on-exec is always on.
public enum OpenFlag {
    WRITE(1),
    READ_WRITE(2),
    CREATE(0x40),
    /// With [#CREATE]: the name must be new.
    EXCLUSIVE(0x80),
    TRUNCATE(0x200),
    APPEND(0x400),
    /// Do not wait for the other end of a pipe.
    NON_BLOCKING(0x800),
    DIRECTORY(Machine.CURRENT.openDirectory),
    /// Fail with ELOOP when the last name is a symbolic link (with [#PATH]: open the link itself).
    NO_FOLLOW(Machine.CURRENT.openNoFollow),
    /// Only a handle on the file: good for status, mounts, and as start of other paths; it opens no device.
    PATH(0x200000);

    /// `O_CLOEXEC`, the same on every processor.
    private static final int CLOSE_ON_EXEC = 0x80000;

    private final int bits;

    OpenFlag(int bits) {
        this.bits = bits;
    }

    static int bits(OpenFlag[] flags) {
        int bits = CLOSE_ON_EXEC;
        for (OpenFlag flag : flags) {
            bits |= flag.bits;
        }
        return bits;
    }
}
