package dev.jbuild.linux;

import java.nio.ByteBuffer;

/// What statx(2) tells about a file.
///
/// @param mode the twelve permission bits, without the type
/// @param size bytes; of a symbolic link, the length of its target
/// @param mtimeSeconds since 1970, may be negative
/// @param device the file system it is on; together with `inode` it names the file
/// @param links number of hard links
/// @param deviceMajor of a device node, else 0
/// @param blocks of 512 bytes that it takes on the disk
public record FileStatus(
        FileType type,
        int mode,
        int uid,
        int gid,
        long size,
        long mtimeSeconds,
        int mtimeNanos,
        long ctimeSeconds,
        int ctimeNanos,
        long device,
        long inode,
        long links,
        int deviceMajor,
        int deviceMinor,
        long blocks) {
    static final int STATX_BASIC_STATS = 0x7ff;
    private static final int BLOCK = 512;

    /// {@return the bytes it takes on the disk}
    public long diskBytes() {
        return blocks * BLOCK;
    }

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    public boolean isSymlink() {
        return type == FileType.SYMLINK;
    }

    /// {@return whether both are the same file, not just equal ones}
    public boolean isSameFile(FileStatus other) {
        return device == other.device && inode == other.inode;
    }

    /// {@return the status in a `struct statx`}
    ///
    /// @param statx in the byte order of the machine; a buffer, which a cold JVM reads sooner than a segment
    static FileStatus read(ByteBuffer statx) {
        int mode = statx.getInt(28) & 0xffff;
        return new FileStatus(
                FileType.ofMode(mode),
                mode & 0xfff,
                statx.getInt(20),
                statx.getInt(24),
                statx.getLong(40),
                statx.getLong(112),
                statx.getInt(120),
                statx.getLong(96),
                statx.getInt(104),
                ((long) statx.getInt(136) << 32) | statx.getInt(140),
                statx.getLong(32),
                Integer.toUnsignedLong(statx.getInt(16)),
                statx.getInt(128),
                statx.getInt(132),
                statx.getLong(48));
    }
}
