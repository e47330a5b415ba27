package dev.jbuild.linux;

import java.util.Arrays;

/// What a directory entry is.
public enum FileType {
    REGULAR(8),
    DIRECTORY(4),
    SYMLINK(10),
    FIFO(1),
    SOCKET(12),
    CHARACTER_DEVICE(2),
    BLOCK_DEVICE(6),
    /// A file system that does not say it in its listing; only in a [DirectoryEntry], never in a [FileStatus].
    UNKNOWN(0);

    private static final FileType[] BY_CODE = byCode();

    private final int code;

    FileType(int code) {
        this.code = code;
    }

    /// {@return the type of a `d_type` of getdents(2)}
    static FileType ofCode(int code) {
        return BY_CODE[code & 15];
    }

    /// {@return the type in a `st_mode`}
    static FileType ofMode(int mode) {
        return BY_CODE[(mode >> 12) & 15];
    }

    /// {@return the type bits of `st_mode`}
    int modeBits() {
        return code << 12;
    }

    private static FileType[] byCode() {
        var table = new FileType[16];
        Arrays.fill(table, UNKNOWN);
        for (FileType type : values()) {
            table[type.code] = type;
        }
        return table;
    }
}
