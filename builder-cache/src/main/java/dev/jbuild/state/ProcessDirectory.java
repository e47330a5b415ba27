package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileLock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The place under `tmp/` where one process gives birth to what will later be renamed to its place.
///
/// While the process lives it holds the lock of that name. Whoever can get the lock of another name knows that its
/// owner is dead and removes what is there.
public final class ProcessDirectory implements AutoCloseable {
    private static final int NAME_BYTES = 8;

    private final StateDirectory state;
    private final ByteString name;
    private final FileLock lock;
    private final Directory directory;
    private final AtomicLong births = new AtomicLong();

    private ProcessDirectory(StateDirectory state, ByteString name, FileLock lock, Directory directory) {
        this.state = state;
        this.name = name;
        this.lock = lock;
        this.directory = directory;
    }

    static ProcessDirectory open(StateDirectory state) throws IOException {
        removeDead(state);
        while (true) {
            var random = new byte[NAME_BYTES];
            new SecureRandom().nextBytes(random);
            ByteString name = ByteString.of(HexFormat.of().formatHex(random));
            // The lock comes before the directory, so nobody can take the directory for a dead one.
            Optional<FileLock> lock =
                    FileLock.tryAcquire(state.directory(), StateDirectory.processLock(name), FileLock.Mode.EXCLUSIVE);
            if (lock.isPresent()) {
                return make(state, name, lock.get());
            }
        }
    }

    private static ProcessDirectory make(StateDirectory state, ByteString name, FileLock lock) throws IOException {
        boolean done = false;
        try {
            state.directory().makeDirectory(StateDirectory.temporary(name), 0700);
            Directory directory = state.directory().openDirectory(StateDirectory.temporary(name));
            done = true;
            return new ProcessDirectory(state, name, lock, directory);
        } finally {
            if (!done) {
                lock.close();
            }
        }
    }

    /// Removes the places of processes that died.
    static void removeDead(StateDirectory state) throws IOException {
        Set<ByteString> names = new LinkedHashSet<>();
        for (String place : new String[] {"tmp", "locks/processes"}) {
            for (DirectoryEntry entry : entries(state, ByteString.of(place))) {
                names.add(entry.name());
            }
        }
        for (ByteString name : names) {
            Optional<FileLock> lock =
                    FileLock.tryAcquire(state.directory(), StateDirectory.processLock(name), FileLock.Mode.EXCLUSIVE);
            if (lock.isPresent()) {
                try {
                    remove(state, name);
                } finally {
                    lock.get().close();
                }
            }
        }
    }

    /// Removes the lock files of keys and layers whose processes died. Nothing waits for such a file; it is only in
    /// the way of whoever looks.
    static void removeFreeLocks(StateDirectory state) throws IOException {
        for (ByteString place : StateDirectory.LOCK_PLACES) {
            for (DirectoryEntry entry : entries(state, place)) {
                ByteString file = place.resolve(entry.name());
                Optional<FileLock> lock = FileLock.tryAcquire(state.directory(), file, FileLock.Mode.EXCLUSIVE);
                if (lock.isPresent()) {
                    try (FileLock held = lock.get()) {
                        assert held != null;
                        state.directory().unlink(file);
                    }
                }
            }
        }
    }

    private static List<DirectoryEntry> entries(StateDirectory state, ByteString place) throws IOException {
        try (Directory directory = state.directory().openDirectory(place)) {
            return directory.entries();
        }
    }

    private static void remove(StateDirectory state, ByteString name) throws IOException {
        state.directory().deleteRecursively(StateDirectory.temporary(name));
        state.directory().unlink(StateDirectory.processLock(name));
    }

    /// {@return the open directory; this object owns it}
    public Directory directory() {
        return directory;
    }

    /// {@return its path, relative to [StateDirectory#directory()]}
    public ByteString path() {
        return StateDirectory.temporary(name);
    }

    /// {@return a name that nothing here has had}
    public ByteString newName() {
        return ByteString.of(Long.toString(births.incrementAndGet()));
    }

    /// {@return the name of a new empty directory}
    public ByteString newDirectory() throws IOException {
        ByteString fresh = newName();
        directory.makeDirectory(fresh, 0700);
        return fresh;
    }

    /// {@return the name of a new file with this content}
    public ByteString newFile(byte[] content) throws IOException {
        ByteString fresh = newName();
        try (Fd file = directory.createFile(fresh, 0600)) {
            file.write(content);
        }
        return fresh;
    }

    @Override
    public void close() throws IOException {
        directory.close();
        try {
            remove(state, name);
        } finally {
            lock.close();
        }
    }
}
