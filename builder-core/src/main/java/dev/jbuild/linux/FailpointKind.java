package dev.jbuild.linux;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What [Failpoints] counts, each kind for itself.
enum FailpointKind {
    /// Changes a file system, a mount or a lock, or makes a descriptor for something new.
    CHANGE,
    /// Only looks.
    READ;

    private static final long O_CREAT = 0100;

    private static final Set<Syscall> CHANGES = EnumSet.of(
            Syscall.WRITE,
            Syscall.PWRITE64,
            Syscall.FTRUNCATE,
            Syscall.FALLOCATE,
            Syscall.FSYNC,
            Syscall.FDATASYNC,
            Syscall.SYNC_FILE_RANGE,
            Syscall.SYNCFS,
            Syscall.MKDIRAT,
            Syscall.MKNODAT,
            Syscall.SYMLINKAT,
            Syscall.LINKAT,
            Syscall.RENAMEAT2,
            Syscall.UNLINKAT,
            Syscall.FCHMOD,
            Syscall.FCHMODAT,
            Syscall.FCHMODAT2,
            Syscall.FCHOWNAT,
            Syscall.UTIMENSAT,
            Syscall.LSETXATTR,
            Syscall.FSETXATTR,
            Syscall.LREMOVEXATTR,
            Syscall.COPY_FILE_RANGE,
            Syscall.IOCTL,
            Syscall.FLOCK,
            Syscall.PIPE2,
            Syscall.MEMFD_CREATE,
            Syscall.SETNS,
            Syscall.UNSHARE,
            Syscall.MOUNT,
            Syscall.UMOUNT2,
            Syscall.FSOPEN,
            Syscall.FSCONFIG,
            Syscall.FSMOUNT,
            Syscall.OPEN_TREE,
            Syscall.MOVE_MOUNT,
            Syscall.MOUNT_SETATTR);

    private static final Set<Syscall> READS = EnumSet.of(
            Syscall.READ,
            Syscall.PREAD64,
            Syscall.GETDENTS64,
            Syscall.STATX,
            Syscall.NEWFSTATAT,
            Syscall.READLINKAT,
            Syscall.GETXATTR,
            Syscall.LGETXATTR,
            Syscall.FGETXATTR,
            Syscall.LLISTXATTR,
            Syscall.FLISTXATTR,
            Syscall.STATFS,
            Syscall.FSTATFS,
            Syscall.OPENAT2);

    /// {@return what a call counts as}; null when it is not counted
    ///
    /// @param third argument: the flags of openat(2)
    static @Nullable FailpointKind of(Syscall call, long third) {
        if (call == Syscall.OPENAT) {
            return (third & O_CREAT) == 0 ? READ : CHANGE;
        }
        return CHANGES.contains(call) ? CHANGE : READS.contains(call) ? READ : null;
    }

    /// {@return its name in a property}
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
