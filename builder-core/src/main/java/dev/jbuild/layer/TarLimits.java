package dev.jbuild.layer;

/// How much a tar from outside may unpack to. A few kilobytes of compressed bytes can stand for anything.
///
/// @param bytes of the tar itself, and again of its files with their holes
/// @param entries each costs memory until the tar is read
/// @param nameBytes of all paths, link texts and extended attributes together, for the same reason
public record TarLimits(long bytes, int entries, long nameBytes) {
    /// 256 GiB, above the largest images in use; four million entries, above four full distributions; 256 MiB
    /// of names.
    public static final TarLimits DEFAULT = new TarLimits(256L << 30, 4_000_000, 256L << 20);

    public TarLimits withBytes(long bytes) {
        return new TarLimits(bytes, entries, nameBytes);
    }
}
