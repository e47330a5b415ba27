package dev.jbuild.collect;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.state.Area;
import dev.jbuild.state.Leases;
import dev.jbuild.state.ProcessDirectory;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/*
 * Files are unlinked where they are: whoever has one open reads on. Directories are moved to the place of this process
 * first, so that nobody sees half of one, and deleted there. Between both the move is made durable: after a power cut
 * there must not be a layer in its place that lacks some of its files.
 */
/// Removes items that nobody relies on.
final class Eviction {
    private final StateDirectory state;

    /// Items that are taken away under one lock. A batch takes about a millisecond; whoever waits for it waits for
    /// no more.
    private static final int BATCH = 32;

    Eviction(StateDirectory state) {
        this.state = state;
    }

    /// {@return those of `items` that are gone, which others came to rely on left out}
    ///
    /// @param items at most [#BATCH]
    List<StoreItem> remove(List<StoreItem> items) throws IOException, InterruptedException {
        List<ByteString> moved = new ArrayList<>();
        List<StoreItem> removed = new ArrayList<>();
        try (FileLock alone =
                FileLock.acquire(state.directory(), StateDirectory.collectionLock(), FileLock.Mode.EXCLUSIVE)) {
            assert alone != null;
            // Leases come before names: who has ended in between has left a name.
            Set<ByteString> leases = Leases.all(state);
            NameView names = NameView.of(state);
            for (StoreItem item : items) {
                if (isFree(item, leases, names)) {
                    takeAway(item, moved);
                    removed.add(item);
                }
            }
        }
        if (!moved.isEmpty()) {
            state.directory().syncFileSystem();
            for (ByteString name : moved) {
                state.processDirectory().directory().deleteRecursively(name);
            }
        }
        return removed;
    }

    static int batch() {
        return BATCH;
    }

    private static boolean isFree(StoreItem item, Set<ByteString> leases, NameView names) {
        for (ByteString guard : item.guards()) {
            boolean needed =
                    item.kind() != ItemKind.FORM && !names.tagged(guard).isEmpty();
            if (needed || leases.contains(guard)) {
                return false;
            }
        }
        return true;
    }

    private void takeAway(StoreItem item, List<ByteString> moved) throws IOException {
        for (ByteString part : item.parts()) {
            FileStatus status = Area.find(state, part);
            if (status == null) {
                continue;
            }
            if (!status.isDirectory()) {
                boolean ignored = state.removeFile(part);
                continue;
            }
            ProcessDirectory place = state.processDirectory();
            ByteString name = place.newName();
            try {
                state.directory().rename(part, place.directory(), name, Directory.Rename.NO_REPLACE);
                moved.add(name);
            } catch (LinuxException failure) {
                if (!failure.is(Errno.ENOENT)) {
                    throw failure;
                }
            }
        }
    }
}
