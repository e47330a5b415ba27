package dev.jbuild.linux;

import java.util.Locale;

/// The system calls that are used, with their numbers on x86-64 and aarch64 (the kernel's `unistd.h`).
public enum Syscall {
    READ(0, 63),
    WRITE(1, 64),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    CLOSE(3, 57),
    OPENAT(257, 56),
    OPENAT2(437, 437),
    CLOSE_RANGE(436, 436),
    STATX(332, 291),
    NEWFSTATAT(262, 79),
    GETDENTS64(217, 61),
    LSEEK(8, 62),
    FTRUNCATE(77, 46),
    FALLOCATE(285, 47),
    FSYNC(74, 82),
    FDATASYNC(75, 83),
    SYNC_FILE_RANGE(277, 84),
    SYNCFS(306, 267),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    SYMLINKAT(266, 36),
    LINKAT(265, 37),
    RENAMEAT2(316, 276),
    UNLINKAT(263, 35),
    READLINKAT(267, 78),
    FCHMOD(91, 52),
    FCHMODAT(268, 53),
    FCHMODAT2(452, 452),
    FCHOWNAT(260, 54),
    UTIMENSAT(280, 88),
    GETXATTR(191, 8),
    LGETXATTR(192, 9),
    LSETXATTR(189, 6),
    LLISTXATTR(195, 12),
    LREMOVEXATTR(198, 15),
    FGETXATTR(193, 10),
    FSETXATTR(190, 7),
    FLISTXATTR(196, 13),
    COPY_FILE_RANGE(326, 285),
    IOCTL(16, 29),
    FLOCK(73, 32),
    FCNTL(72, 25),
    DUP3(292, 24),
    PIPE2(293, 59),
    PPOLL(271, 73),
    MEMFD_CREATE(319, 279),
    STATFS(137, 43),
    FSTATFS(138, 44),
    MMAP(9, 222),
    MPROTECT(10, 226),
    MUNMAP(11, 215),
    MADVISE(28, 233),
    GETUID(102, 174),
    GETEUID(107, 175),
    GETGID(104, 176),
    UMASK(95, 166),
    PRCTL(157, 167),
    CLONE(56, 220),
    EXECVE(59, 221),
    EXECVEAT(322, 281),
    WAITID(247, 95),
    KILL(62, 129),
    PIDFD_SEND_SIGNAL(424, 424),
    PIDFD_OPEN(434, 434),
    EXIT_GROUP(231, 94),
    SETSID(112, 157),
    SETHOSTNAME(170, 161),
    SETNS(308, 268),
    UNSHARE(272, 97),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    CHDIR(80, 49),
    FCHDIR(81, 50),
    GETCWD(79, 17),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    MOUNT_SETATTR(442, 442),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    PRLIMIT64(302, 261),
    CAPGET(125, 90),
    CAPSET(126, 91),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    KEYCTL(250, 219),
    SECCOMP(317, 277),
    SOCKET(41, 198),
    GETPID(39, 172),
    GETPPID(110, 173);

    private final short x8664;
    private final short aarch64;

    Syscall(int x8664, int aarch64) {
        this.x8664 = (short) x8664;
        this.aarch64 = (short) aarch64;
    }

    /// {@return its number on this machine}
    int number() {
        return Machine.CURRENT == Machine.X86_64 ? x8664 : aarch64;
    }

    /// {@return its name in the manual}
    public String manualName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
