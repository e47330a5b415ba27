package dev.jbuild.linux;

import java.io.EOFException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An open file descriptor, always close-on-exec. The owner closes it; closing twice does nothing.
///
/// Calls by several threads are as safe as the kernel makes them; closing while another thread uses it is a bug of
/// the caller.
public sealed class Fd implements AutoCloseable permits Directory {
    static final long AT_FDCWD = -100;
    static final long AT_EMPTY_PATH = 0x1000;
    static final long AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int CLOSED = -1;
    private static final long F_DUPFD_CLOEXEC = 1030;
    private static final long MFD_CLOEXEC_SEALABLE = 3;
    private static final long MFD_EXEC = 16;
    private static final long FICLONE = 0x40049409L;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final AtomicInteger number;

    Fd(int number) {
        this.number = new AtomicInteger(number);
    }

    /// Opens a file by a path of this machine. Paths that come from an image or a context are opened through a
    /// [Directory].
    ///
    /// @throws LinuxException when it cannot be opened
    public static Fd open(ByteString path, OpenFlag... flags) throws LinuxException {
        return new Fd(openAt(AT_FDCWD, path, 0666, flags));
    }

    /// Makes a file in memory, with no name in any file system, that can be sealed against changes, and executed.
    ///
    /// @param name only seen in `/proc`
    public static Fd inMemory(String name) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("memfd_create", ByteString.of(name));
            long result = scratch.tryCall(Syscall.MEMFD_CREATE, path, MFD_CLOEXEC_SEALABLE | MFD_EXEC, 0, 0, 0, 0);
            if (result == -Errno.EINVAL.number()) {
                // Before Linux 6.3 such a file was always executable, and the flag did not exist.
                result = scratch.tryCall(Syscall.MEMFD_CREATE, path, MFD_CLOEXEC_SEALABLE, 0, 0, 0, 0);
            }
            if (result < 0) {
                throw new LinuxException("memfd_create", name, (int) -result);
            }
            return new Fd((int) result);
        }
    }

    static int openAt(long directory, ByteString path, int mode, OpenFlag... flags) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long name = scratch.path("open", path);
            long result = scratch.tryCall(Syscall.OPENAT, directory, name, OpenFlag.bits(flags), mode, 0, 0);
            if (result < 0) {
                throw new LinuxException("open", path.toString(), (int) -result);
            }
            return (int) result;
        }
    }

    /// {@return the number the kernel knows it by}
    ///
    /// @throws IllegalStateException when it is closed
    public final int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return current;
    }

    /// {@return `/proc/self/fd/N`, a path that leads to exactly this file}
    public final ByteString processPath() {
        return ByteString.of("/proc/self/fd/" + number());
    }

    /// {@return the path it has now, as this process sees it}; of a deleted file, something that does not exist
    public final ByteString currentPath() throws LinuxException {
        ByteString link = processPath();
        try (Scratch scratch = Scratch.borrow()) {
            int length = (int) scratch.call(
                    Syscall.READLINKAT,
                    link,
                    AT_FDCWD,
                    scratch.path("readlinkat", link),
                    scratch.dataAddress(),
                    Scratch.DATA_SIZE,
                    0,
                    0);
            return ByteString.wrap(scratch.data.asSlice(0, length).toArray(BYTE));
        }
    }

    /// Sets the owner, of a pipe too.
    public final void setOwner(int uid, int gid) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("fchownat", ByteString.EMPTY);
            scratch.call(Syscall.FCHOWNAT, this, number(), path, uid, gid, AT_EMPTY_PATH, 0);
        }
    }

    /// {@return a second descriptor of the same open file}
    public final Fd duplicate() throws LinuxException {
        return new Fd((int) call(Syscall.FCNTL, F_DUPFD_CLOEXEC, 3, 0));
    }

    public final FileStatus status() throws LinuxException {
        return statusAt(number(), ByteString.EMPTY, AT_EMPTY_PATH, this);
    }

    static FileStatus statusAt(long directory, ByteString name, long flags, Object object) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("stat", name);
            long result = scratch.tryCall(
                    Syscall.STATX, directory, path, flags, FileStatus.STATX_BASIC_STATS, scratch.smallAddress(), 0);
            if (result < 0) {
                throw new LinuxException("stat", object.toString(), (int) -result);
            }
            return FileStatus.read(scratch.smallBytes);
        }
    }

    /// Reads at the current position, at most `length` bytes.
    ///
    /// @return how many bytes, or -1 at the end
    public final int read(byte[] target, int offset, int length) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            int wanted = Math.min(length, Scratch.DATA_SIZE);
            int count = (int) scratch.call(Syscall.READ, this, number(), scratch.dataAddress(), wanted, 0, 0, 0);
            MemorySegment.copy(scratch.data, BYTE, 0, target, offset, count);
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    /// Reads at `position`, at most `length` bytes, leaving the current position.
    ///
    /// @return how many bytes, or -1 at the end
    public final int readAt(long position, byte[] target, int offset, int length) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            int wanted = Math.min(length, Scratch.DATA_SIZE);
            int count =
                    (int) scratch.call(Syscall.PREAD64, this, number(), scratch.dataAddress(), wanted, position, 0, 0);
            MemorySegment.copy(scratch.data, BYTE, 0, target, offset, count);
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    /// Reads from `position` until `target` is full.
    ///
    /// @throws EOFException when the file is shorter
    public final void readFully(long position, byte[] target) throws LinuxException, EOFException {
        for (int done = 0; done < target.length; ) {
            int count = readAt(position + done, target, done, target.length - done);
            if (count < 0) {
                throw new EOFException("read " + this + ": the file ends at " + (position + done) + ", not at "
                        + (position + target.length));
            }
            done += count;
        }
    }

    /// Writes all bytes at the current position.
    public final void write(byte[] source, int offset, int length) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            for (int done = 0; done < length; ) {
                int wanted = Math.min(length - done, Scratch.DATA_SIZE);
                MemorySegment.copy(source, offset + done, scratch.data, BYTE, 0, wanted);
                done += (int) scratch.call(Syscall.WRITE, this, number(), scratch.dataAddress(), wanted, 0, 0, 0);
            }
        }
    }

    public final void write(byte[] source) throws LinuxException {
        write(source, 0, source.length);
    }

    /// Writes all bytes at `position`, leaving the current position.
    public final void writeAt(long position, byte[] source, int offset, int length) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            for (int done = 0; done < length; ) {
                int wanted = Math.min(length - done, Scratch.DATA_SIZE);
                MemorySegment.copy(source, offset + done, scratch.data, BYTE, 0, wanted);
                done += (int) scratch.call(
                        Syscall.PWRITE64, this, number(), scratch.dataAddress(), wanted, position + done, 0, 0);
            }
        }
    }

    /// {@return a stream from the current position; closing it leaves the descriptor open}
    public final InputStream inputStream() {
        return new FdStreams.Input(this);
    }

    /// {@return a stream of a stretch of the file} It knows its own position, so several can be open; closing it leaves
    /// the descriptor open. A file that ends earlier is an [java.io.EOFException].
    public final InputStream inputStream(long position, long length) {
        return new FdStreams.Stretch(this, position, length);
    }

    /// {@return an unbuffered stream to the current position; closing it leaves the descriptor open}
    public final OutputStream outputStream() {
        return new FdStreams.Output(this);
    }

    /// Moves the current position, counted from the start.
    public final void seek(long position) throws LinuxException {
        call(Syscall.LSEEK, position, 0, 0);
    }

    public final void truncate(long size) throws LinuxException {
        call(Syscall.FTRUNCATE, size, 0, 0);
    }

    /// Waits until content and metadata are on the disk.
    public final void sync() throws LinuxException {
        call(Syscall.FSYNC, 0, 0, 0);
    }

    /// Waits until the content, and of the metadata what is needed to read it, is on the disk.
    public final void syncData() throws LinuxException {
        call(Syscall.FDATASYNC, 0, 0, 0);
    }

    /// Waits until everything of the file system that holds this file is on the disk. This may take long: not on a
    /// virtual thread.
    public final void syncFileSystem() throws LinuxException {
        call(Syscall.SYNCFS, 0, 0, 0);
    }

    /// Sets the twelve permission bits.
    public final void setMode(int mode) throws LinuxException {
        call(Syscall.FCHMOD, mode, 0, 0);
    }

    /// Sets the modification time; the access time becomes the same.
    public final void setTime(long seconds, int nanos) throws LinuxException {
        setTimeAt(number(), null, seconds, nanos);
    }

    static void setTimeAt(long directory, @Nullable ByteString name, long seconds, int nanos) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            for (int i = 0; i < 2; i++) {
                scratch.small.set(ValueLayout.JAVA_LONG, i * 16L, seconds);
                scratch.small.set(ValueLayout.JAVA_LONG, i * 16L + 8, nanos);
            }
            long path = name == null ? 0 : scratch.path("utimensat", name);
            long flags = name == null ? 0 : AT_SYMLINK_NOFOLLOW;
            scratch.call(
                    Syscall.UTIMENSAT,
                    name == null ? "descriptor " + directory : name,
                    directory,
                    path,
                    scratch.smallAddress(),
                    flags,
                    0,
                    0);
        }
    }

    /// Makes this empty file share the blocks of `source`.
    ///
    /// @return false when the file system cannot do that
    public final boolean tryReflink(Fd source) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long result = scratch.tryCall(Syscall.IOCTL, number(), FICLONE, source.number(), 0, 0, 0);
            return switch (result < 0 ? Errno.of((int) -result) : null) {
                case null -> true;
                case EOPNOTSUPP, EXDEV, EINVAL, ENOTTY, ENOSYS, EPERM -> false;
                case Errno other -> throw new LinuxException("reflink", toString(), other.number());
            };
        }
    }

    /// Appends `source` from its current position to its end, inside the kernel where it can.
    ///
    /// @return how many bytes
    public final long copyFrom(Fd source) throws LinuxException {
        return FdStreams.copy(source, this);
    }

    /// Adds all seals to a file from [#inMemory(String)]: nobody can change it any more.
    public final void seal() throws LinuxException {
        // F_ADD_SEALS with F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE
        call(Syscall.FCNTL, 1033, 15, 0);
    }

    private long call(Syscall call, long b, long c, long d) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            return scratch.call(call, this, number(), b, c, d, 0, 0);
        }
    }

    @Override
    public final void close() {
        int current = number.getAndSet(CLOSED);
        if (current != CLOSED) {
            try (Scratch scratch = Scratch.borrow()) {
                // Linux always frees the number; a write error would have to be asked for by sync().
                long ignored = scratch.tryCall(Syscall.CLOSE, current, 0, 0, 0, 0, 0);
            }
        }
    }

    @Override
    public final String toString() {
        return "descriptor " + number.get();
    }
}
