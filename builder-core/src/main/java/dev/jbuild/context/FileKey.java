package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileStatus;

/// One state of one file: as long as all of it is the same, so are the bytes.
///
/// The change time is the part that nobody can set: a rewrite that keeps size and modification time still moves it.
///
/// @param path relative to the root of the context
/// @param device the file system
public record FileKey(
        ByteString path,
        long device,
        long inode,
        long size,
        long modifiedSeconds,
        int modifiedNanos,
        long changedSeconds,
        int changedNanos) {
    /// Some file systems keep times in steps of two seconds.
    private static final long COARSEST_CLOCK = 2;

    /// {@return the key of a file}
    public static FileKey of(ByteString path, FileStatus status) {
        return new FileKey(
                path,
                status.device(),
                status.inode(),
                status.size(),
                status.mtimeSeconds(),
                status.mtimeNanos(),
                status.ctimeSeconds(),
                status.ctimeNanos());
    }

    /// {@return whether every later change must show in the times}; a file changed in the last two seconds could change
    /// once more and look the same.
    ///
    /// @param now seconds since the epoch, taken before the status was
    public boolean isSettled(long now) {
        return Math.max(modifiedSeconds, changedSeconds) < now - COARSEST_CLOCK;
    }
}
