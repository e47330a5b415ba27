package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the tree form of a layer, entry by entry.
///
/// Entries may come in any order and more than once: the last one wins, and only a directory stays when a directory
/// comes again. A directory on the way that no entry describes is 0755, owned by 0:0, of 1970. No name is reached
/// through a symbolic link, so a hostile layer cannot lead out of its tree. What belongs to directories (owner, mode,
/// time) is set when everything else is there.
final class TreeWriter implements AutoCloseable {
    private static final int COPY_BUFFER = 1 << 17;
    private static final int IMPLIED_MODE = 0755;

    private final Directory root;
    private final OverlayMarks marks;
    private final FileStatus born;
    private final byte[] buffer = new byte[COPY_BUFFER];

    /// What each directory is to become; null for one that no entry describes.
    private final TreeMap<ByteString, @Nullable LayerEntry> directories = new TreeMap<>();

    /// Every other path that was ever written.
    private final Set<ByteString> written = new HashSet<>();

    /// The chain of open directories from the root to where the last entry went, without the root.
    private final Deque<Open> chain = new ArrayDeque<>();

    private record Open(ByteString path, Directory directory) {}

    /// @param root an empty directory, not owned
    TreeWriter(Directory root, OverlayMarks marks) throws IOException {
        this.root = root;
        this.marks = marks;
        this.born = root.status();
        directories.put(ByteString.EMPTY, null);
    }

    /// Writes anything but a file or a hard link.
    void put(LayerEntry entry) throws IOException {
        if (entry.isDirectory()) {
            putDirectory(entry);
            return;
        }
        Directory parent = makeRoom(entry.path());
        ByteString name = entry.path().name();
        switch (entry.type()) {
            case SYMLINK -> parent.makeSymlink(name, entry.linkTarget());
            case FIFO -> parent.makeNode(name, FileType.FIFO, 0600, 0, 0);
            case CHARACTER_DEVICE -> makeDevice(parent, entry, FileType.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> makeDevice(parent, entry, FileType.BLOCK_DEVICE);
            case WHITEOUT -> {
                parent.makeNode(name, FileType.CHARACTER_DEVICE, 0, 0, 0);
                return;
            }
            case FILE, DIRECTORY -> throw new IllegalArgumentException("a file needs its bytes: " + entry.path());
        }
        finish(parent, entry);
    }

    private static void makeDevice(Directory parent, LayerEntry entry, FileType type) throws IOException {
        parent.makeNode(entry.path().name(), type, 0600, entry.deviceMajor(), entry.deviceMinor());
    }

    /// Writes a file.
    ///
    /// @param content read to its end, not closed
    void putFile(LayerEntry entry, InputStream content) throws IOException {
        Directory parent = makeRoom(entry.path());
        try (Fd file = parent.createFile(entry.path().name(), 0600)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                file.write(buffer, 0, count);
            }
        }
        finish(parent, entry);
    }

    /// Makes `path` one more name of a file that was written before.
    void putHardLink(ByteString path, ByteString existing) throws IOException {
        try (Directory source = openBeneath(existing.parent())) {
            Directory parent = makeRoom(path);
            parent.makeHardLink(path.name(), source, existing.name());
        }
    }

    private Directory openBeneath(ByteString path) throws IOException {
        Directory current = root.reopen();
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            try (Directory parent = current) {
                current = parent.openDirectory(path.substring(start, end));
            }
            start = end + 1;
        }
        return current;
    }

    private void putDirectory(LayerEntry entry) throws IOException {
        if (!entry.path().isEmpty() && directories.get(entry.path()) == null) {
            Directory made = enter(entry.path());
            assert made != null;
        }
        directories.put(entry.path(), entry);
    }

    /// {@return the parent of `path`, in which its name is free}
    private Directory makeRoom(ByteString path) throws IOException {
        Directory parent = enter(path.parent());
        remove(parent, path);
        return parent;
    }

    /// Removes what is at `path`, if something is.
    private void remove(Directory parent, ByteString path) throws IOException {
        if (directories.containsKey(path)) {
            leaveTo(path.parent());
            directories.keySet().removeIf(directory -> directory.isBelowOrSame(path));
            parent.deleteRecursively(path.name());
            return;
        }
        if (written.add(path)) {
            return;
        }
        try {
            parent.unlink(path.name());
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
        }
    }

    /// {@return the directory `path`, made if it is not there; it stays open until the chain leaves it}
    private Directory enter(ByteString path) throws IOException {
        leaveTo(path);
        Open last = chain.peekLast();
        ByteString reached = last == null ? ByteString.EMPTY : last.path();
        Directory current = last == null ? root : last.directory();
        while (reached.length() < path.length()) {
            int start = reached.isEmpty() ? 0 : reached.length() + 1;
            int slash = path.indexOf('/', start);
            ByteString next = slash < 0 ? path : path.substring(0, slash);
            if (!directories.containsKey(next)) {
                remove(current, next);
                current.makeDirectory(next.name(), 0700);
                directories.put(next, null);
            }
            current = current.openDirectory(next.name());
            chain.addLast(new Open(next, current));
            reached = next;
        }
        return current;
    }

    /// Closes the directories of the chain that `path` is not in.
    private void leaveTo(ByteString path) {
        while (!chain.isEmpty() && !path.isBelowOrSame(chain.getLast().path())) {
            chain.removeLast().directory().close();
        }
    }

    /// Owner first, since the kernel then clears set-id bits and capabilities.
    private void finish(Directory parent, LayerEntry entry) throws IOException {
        ByteString name = entry.path().name();
        if (entry.userId() != born.uid() || entry.groupId() != born.gid()) {
            parent.setOwner(name, entry.userId(), entry.groupId());
        }
        if (!entry.isSymlink()) {
            parent.setMode(name, entry.mode());
        }
        for (var attribute : entry.xattrs().entrySet()) {
            Xattrs.set(parent, name, attribute.getKey(), attribute.getValue());
        }
        parent.setTime(name, entry.modified().seconds(), entry.modified().nanos());
    }

    /// Gives directories what they are to have. The deepest first: a parent's time changes no more.
    void finish() throws IOException {
        leaveTo(ByteString.EMPTY);
        for (ByteString path : directories.descendingKeySet()) {
            LayerEntry entry = directories.get(path);
            ByteString name = path.isEmpty() ? ByteString.of(".") : path.name();
            Directory parent = enter(path.parent());
            if (entry == null) {
                parent.setOwner(name, 0, 0);
                parent.setMode(name, IMPLIED_MODE);
                parent.setTime(name, 0, 0);
                continue;
            }
            if (entry.opaque()) {
                marks.markOpaque(parent, name);
            }
            finishDirectory(parent, name, entry);
        }
    }

    static void finishDirectory(Directory parent, ByteString name, LayerEntry entry) throws IOException {
        parent.setOwner(name, entry.userId(), entry.groupId());
        parent.setMode(name, entry.mode());
        for (var attribute : entry.xattrs().entrySet()) {
            Xattrs.set(parent, name, attribute.getKey(), attribute.getValue());
        }
        parent.setTime(name, entry.modified().seconds(), entry.modified().nanos());
    }

    @Override
    public void close() {
        while (!chain.isEmpty()) {
            chain.removeLast().directory().close();
        }
    }
}
