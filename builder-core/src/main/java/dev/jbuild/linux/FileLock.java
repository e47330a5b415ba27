package dev.jbuild.linux;

import java.util.Optional;

/// A held flock(2) on a file of its own, between processes and between threads. Closing it releases it, and so does
/// the end of the process.
///
/// (`java.nio.channels.FileLock` is a record lock: lost as soon as any descriptor of the file closes.)
public final class FileLock implements AutoCloseable {
    private static final long MILLISECONDS_AT_FIRST = 1;
    private static final long MILLISECONDS_AT_MOST = 25;
    private static final int NON_BLOCKING = 4;

    /// Who may hold the lock together.
    public enum Mode {
        SHARED(1),
        EXCLUSIVE(2);

        private final int bits;

        Mode(int bits) {
            this.bits = bits;
        }
    }

    private final Fd file;

    private FileLock(Fd file) {
        this.file = file;
    }

    /// Takes the lock when it is free. The file is made when it is not there, and may be deleted by its holder.
    ///
    /// @return empty when somebody else holds it
    public static Optional<FileLock> tryAcquire(Directory directory, ByteString name, Mode mode) throws LinuxException {
        while (true) {
            Fd file = directory.openFile(name, OpenFlag.READ_WRITE, OpenFlag.CREATE);
            boolean keep = false;
            try {
                if (!lock(file, mode)) {
                    return Optional.empty();
                }
                // The one who held it before may have deleted it meanwhile: then this is a lock on nothing.
                keep = isStillNamed(file, directory, name);
                if (keep) {
                    return Optional.of(new FileLock(file));
                }
            } finally {
                if (!keep) {
                    file.close();
                }
            }
        }
    }

    /// Locks an open file or directory itself, exclusively, until it is closed.
    ///
    /// @param name it was opened by
    /// @return false when somebody else holds it, or when it no longer has that name
    public static boolean tryHold(Fd file, Directory directory, ByteString name) throws LinuxException {
        return lock(file, Mode.EXCLUSIVE) && isStillNamed(file, directory, name);
    }

    /// Waits for the lock, without keeping the carrier of a virtual thread.
    public static FileLock acquire(Directory directory, ByteString name, Mode mode)
            throws LinuxException, InterruptedException {
        for (long pause = MILLISECONDS_AT_FIRST; ; pause = Math.min(2 * pause, MILLISECONDS_AT_MOST)) {
            Optional<FileLock> lock = tryAcquire(directory, name, mode);
            if (lock.isPresent()) {
                return lock.get();
            }
            Thread.sleep(pause);
        }
    }

    /// Turns an exclusive lock into a shared one. Others may come between, as flock(2) says.
    ///
    /// @return whether the mode is held now; when not, the lock is lost
    public boolean tryChange(Mode mode) throws LinuxException {
        return lock(file, mode);
    }

    /// {@return the open lock file, to read or write what its holder notes there}
    public Fd file() {
        return file;
    }

    @Override
    public void close() {
        file.close();
    }

    private static boolean lock(Fd file, Mode mode) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long result = scratch.tryCall(Syscall.FLOCK, file.number(), mode.bits | NON_BLOCKING, 0, 0, 0, 0);
            if (result < 0 && result != -Errno.EAGAIN.number()) {
                throw new LinuxException("flock", file.toString(), (int) -result);
            }
            return result == 0;
        }
    }

    private static boolean isStillNamed(Fd file, Directory directory, ByteString name) throws LinuxException {
        try {
            return directory.status(name).isSameFile(file.status());
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return false;
            }
            throw failure;
        }
    }
}
