package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.LinuxException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this process relies on: a list of names in its place, which the collector reads.
///
/// A name is written before the thing is looked for, and under a shared lock; the collector moves things away under
/// the exclusive one. So whoever finds something keeps it, and whoever comes too late finds nothing. A lease ends
/// with its process, however that ends; no clock is asked.
public final class Leases {
    private static final ByteString FILE = ByteString.of("leases");
    private static final byte LINE_BREAK = '\n';

    private final StateDirectory state;
    private final Set<ByteString> held = ConcurrentHashMap.newKeySet();
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Fd file;

    Leases(StateDirectory state) {
        this.state = state;
    }

    /// Keeps what is or will be at `path` from being collected while this process lives.
    ///
    /// @return whether this is the first time
    public boolean hold(ByteString path) throws IOException {
        if (held.contains(path)) {
            return false;
        }
        writing.lock();
        try {
            if (held.contains(path)) {
                return false;
            }
            Fd list = file;
            if (list == null) {
                list = state.processDirectory().directory().createFile(FILE, 0600);
                file = list;
            }
            // A line that an earlier failure cut short must not take this one with it.
            ByteString line = ByteString.of("\n").concat(path).concat(ByteString.of("\n"));
            try (FileLock shared =
                    FileLock.acquire(state.directory(), StateDirectory.collectionLock(), FileLock.Mode.SHARED)) {
                list.write(line.toBytes());
                assert shared != null;
            }
            return held.add(path);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            var failure = new InterruptedIOException("interrupted while the store is collected");
            failure.initCause(stopped);
            throw failure;
        } finally {
            writing.unlock();
        }
    }

    void close() {
        Fd list = file;
        if (list != null) {
            list.close();
        }
    }

    /// {@return all paths that any process holds} Those of a process that died count until its place is removed.
    public static Set<ByteString> all(StateDirectory state) throws IOException {
        var all = new HashSet<ByteString>();
        try (Directory places = state.directory().openDirectory(StateDirectory.TEMPORARY)) {
            for (DirectoryEntry place : places.entries()) {
                addAll(places, place.name().resolve(FILE), all);
            }
        }
        return all;
    }

    private static void addAll(Directory places, ByteString name, Set<ByteString> all) throws IOException {
        try (Fd list = places.openFile(name)) {
            var content = new byte[(int) list.status().size()];
            list.readFully(0, content);
            int start = 0;
            for (int at = 0; at < content.length; at++) {
                if (content[at] == LINE_BREAK) {
                    if (at > start) {
                        all.add(ByteString.ofBytes(content, start, at - start));
                    }
                    start = at + 1;
                }
            }
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT) && !failure.is(Errno.ENOTDIR)) {
                throw failure;
            }
        }
    }
}
