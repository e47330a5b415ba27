package dev.jbuild.layer;

/// What a path is made into.
public enum EntryType {
    FILE(0),
    DIRECTORY(1),
    SYMLINK(2),
    CHARACTER_DEVICE(3),
    BLOCK_DEVICE(4),
    FIFO(5),
    /// Nothing: whatever lower layers have at this path, and below it, is gone.
    WHITEOUT(6);

    private static final EntryType[] BY_CODE = values();

    private final int code;

    EntryType(int code) {
        this.code = code;
    }

    /// {@return the number of this type in the encodings of [LayerIndex] and [ContentDigests]}
    int code() {
        return code;
    }

    /// {@return the type with this number, which [#isCode] accepts}
    static EntryType ofCode(int code) {
        return BY_CODE[code];
    }

    static boolean isCode(int code) {
        return code >= 0 && code < BY_CODE.length;
    }

    boolean isDevice() {
        return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
    }
}
