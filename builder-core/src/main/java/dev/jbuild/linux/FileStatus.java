package dev.jbuild.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
    static FileStatus read(MemorySegment statx) {
        int mode = statx.get(ValueLayout.JAVA_INT, 28) & 0xffff;
        return new FileStatus(
                FileType.ofMode(mode),
                mode & 0xfff,
                statx.get(ValueLayout.JAVA_INT, 20),
                statx.get(ValueLayout.JAVA_INT, 24),
                statx.get(ValueLayout.JAVA_LONG, 40),
                statx.get(ValueLayout.JAVA_LONG, 112),
                statx.get(ValueLayout.JAVA_INT, 120),
                statx.get(ValueLayout.JAVA_LONG, 96),
                statx.get(ValueLayout.JAVA_INT, 104),
                ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32) | statx.get(ValueLayout.JAVA_INT, 140),
                statx.get(ValueLayout.JAVA_LONG, 32),
                Integer.toUnsignedLong(statx.get(ValueLayout.JAVA_INT, 16)),
                statx.get(ValueLayout.JAVA_INT, 128),
                statx.get(ValueLayout.JAVA_INT, 132),
                statx.get(ValueLayout.JAVA_LONG, 48));
    }
}
