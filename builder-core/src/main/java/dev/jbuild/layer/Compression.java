package dev.jbuild.layer;

/// How the bytes of a layer or an archive are compressed.
public enum Compression {
    NONE(""),
    GZIP("\u001f\u008b"),
    ZSTD("(\u00b5/\u00fd"),
    XZ("\u00fd7zXZ\0"),
    BZIP2("BZh");

    /// How many bytes [#detect] needs to know all of them.
    public static final int MAGIC_LENGTH = 6;

    /// First bytes of every such stream, one in each character.
    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    /// {@return what a stream with these first bytes is compressed with} The bytes decide, not a media type or
    /// a name. A zstd stream may begin with a skippable frame.
    ///
    /// @param start at least [#MAGIC_LENGTH] bytes, unless the stream is shorter
    public static Compression detect(byte[] start) {
        for (Compression compression : values()) {
            if (compression != NONE && compression.begins(start)) {
                return compression;
            }
        }
        return isSkippableFrame(start) ? ZSTD : NONE;
    }

    private boolean begins(byte[] start) {
        if (start.length < magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if (start[i] != (byte) magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2">RFC 8878, skippable frames</a>
    private static boolean isSkippableFrame(byte[] start) {
        return start.length >= 4
                && (start[0] & 0xf0) == 0x50
                && start[1] == 0x2a
                && start[2] == 0x4d
                && start[3] == 0x18;
    }
}
