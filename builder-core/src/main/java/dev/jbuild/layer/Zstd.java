package dev.jbuild.layer;

/// Numbers of the zstd format.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
final class Zstd {
    static final int MAGIC = 0xFD2FB528;
    static final int SKIPPABLE = 0x184D2A50;
    static final int SKIPPABLE_MASK = 0xfffffff0;
    /// A block never gives more.
    static final int MAX_BLOCK = 1 << 17;

    private Zstd() {}

    static CorruptStreamException corrupt(String problem) {
        return new CorruptStreamException(Compression.ZSTD, problem);
    }

    static void check(boolean holds, String problem) throws CorruptStreamException {
        if (!holds) {
            throw corrupt(problem);
        }
    }
}
