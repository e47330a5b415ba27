package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.LinuxException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/*
 * An entry lives as long as somebody of this process holds it, waits for it, or keeps its file locked. The map's
 * monitor guards all counts; the kernel lock is only touched by the one who has the permit, or by the last user.
 */
/// Locks by name, with one owner at a time: among the threads of this process by a semaphore, among all processes
/// by `flock` on a file.
///
/// The file stays locked longer than its owner holds the name when it was [kept][Hold#keep()]: others of this
/// process go on at once (they know what is pending here), other processes wait.
public final class LockTable {
    private final StateDirectory state;
    private final Map<ByteString, Entry> entries = new HashMap<>();

    public LockTable(StateDirectory state) {
        this.state = state;
    }

    /// Waits for a lock; interruptible, and never keeps the carrier of a virtual thread.
    ///
    /// @param file the lock file, from [StateDirectory]; it exists only while somebody has or wants it
    public Hold acquire(ByteString file) throws IOException, InterruptedException {
        Entry entry = enter(file);
        boolean permit = false;
        boolean done = false;
        try {
            entry.permit.acquire();
            permit = true;
            if (entry.lock == null) {
                entry.lock = FileLock.acquire(state.directory(), file, FileLock.Mode.EXCLUSIVE);
            }
            done = true;
            return new Hold(this, entry);
        } finally {
            if (!done) {
                if (permit) {
                    entry.permit.release();
                }
                leave(entry);
            }
        }
    }

    private synchronized Entry enter(ByteString file) {
        Entry entry = entries.computeIfAbsent(file, Entry::new);
        entry.users++;
        return entry;
    }

    private synchronized void leave(Entry entry) {
        entry.users--;
        if (entry.users > 0) {
            return;
        }
        entries.remove(entry.file);
        FileLock lock = entry.lock;
        if (lock != null) {
            unlink(entry.file);
            lock.close();
        }
    }

    /// Our own lock file, while we hold it. Somebody else may have removed it; anything worse leaves an empty file.
    private void unlink(ByteString file) {
        try {
            state.directory().unlink(file);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                System.getLogger("dev.jbuild.state")
                        .log(System.Logger.Level.WARNING, "lock file not removed: " + failure.getMessage());
            }
        }
    }

    static final class Entry {
        final ByteString file;
        final Semaphore permit = new Semaphore(1);
        int users;
        volatile @Nullable FileLock lock;

        Entry(ByteString file) {
            this.file = file;
        }
    }

    /// A lock that is held. Closing lets the next one of this process have it, and other processes too unless it is
    /// kept. Any thread may close it; twice does nothing.
    public static final class Hold implements AutoCloseable {
        private final LockTable table;
        private final Entry entry;
        private boolean open = true;

        private Hold(LockTable table, Entry entry) {
            this.table = table;
            this.entry = entry;
        }

        /// Makes other processes wait on after this hold is closed, until the result has been run.
        ///
        /// @return to run once
        public Runnable keep() {
            Entry again = table.enter(entry.file);
            return () -> table.leave(again);
        }

        @Override
        public void close() {
            synchronized (this) {
                if (!open) {
                    return;
                }
                open = false;
            }
            entry.permit.release();
            table.leave(entry);
        }
    }
}
