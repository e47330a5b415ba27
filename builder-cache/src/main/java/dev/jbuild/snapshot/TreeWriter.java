package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerSink;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.Xattrs;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/// Writes the tree form of a layer.
///
/// It only ever makes what is not there, and reaches no name through a symbolic link, so a hostile layer cannot
/// lead out of its tree. A directory on the way that no entry describes is 0755, owned by 0:0, of 1970. What
/// belongs to directories (owner, mode, time) is set by [#finish], when everything else is there.
final class TreeWriter implements LayerSink, AutoCloseable {
    private static final int COPY_BUFFER = 1 << 17;
    private static final ByteString SELF = ByteString.of(".");

    private final Directory root;
    private final OverlayMarks marks;
    private final FileStatus born;
    private final byte[] buffer = new byte[COPY_BUFFER];
    private final MessageDigest hash = Digest.newHash();

    /// All directories that were made, and the root.
    private final TreeSet<ByteString> directories = new TreeSet<>();

    /// The chain of open directories from the root to where the last entry went, without the root.
    private final Deque<Open> chain = new ArrayDeque<>();

    private record Open(ByteString path, Directory directory) {}

    /// @param root an empty directory, not owned
    TreeWriter(Directory root, OverlayMarks marks) throws IOException {
        this.root = root;
        this.marks = marks;
        this.born = root.status();
        directories.add(ByteString.EMPTY);
    }

    @Override
    public void directory(ByteString path) throws IOException {
        Directory ignored = enter(path);
    }

    @Override
    public void file(LayerEntry file, InputStream content) throws IOException {
        Directory parent = enter(file.path().parent());
        long size = 0;
        try (Fd made = parent.createFile(file.path().name(), 0600)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                made.write(buffer, 0, count);
                size += count;
                if (file.contentDigest() != null) {
                    hash.update(buffer, 0, count);
                }
            }
        }
        if (file.contentDigest() != null) {
            check(file, size, Digest.finish(hash));
        }
        describe(parent, file);
    }

    private static void check(LayerEntry file, long size, Digest digest) throws IOException {
        if (size != file.size() || !digest.equals(file.contentDigest())) {
            throw new IOException("content of '/" + file.path() + "' is not what its layer says: " + digest + ", "
                    + size + " bytes, instead of " + file.contentDigest() + ", " + file.size() + " bytes");
        }
    }

    @Override
    public void hardLink(ByteString existing, ByteString path) throws IOException {
        try (Directory source = enter(existing.parent()).reopen()) {
            enter(path.parent()).makeHardLink(path.name(), source, existing.name());
        }
    }

    @Override
    public void node(LayerEntry node) throws IOException {
        Directory parent = enter(node.path().parent());
        ByteString name = node.path().name();
        switch (node.type()) {
            case SYMLINK -> parent.makeSymlink(name, node.linkTarget());
            case FIFO -> parent.makeNode(name, FileType.FIFO, 0600, 0, 0);
            case CHARACTER_DEVICE -> makeDevice(parent, node, FileType.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> makeDevice(parent, node, FileType.BLOCK_DEVICE);
            case FILE, DIRECTORY, WHITEOUT -> throw new IllegalArgumentException("no node: " + node);
        }
        describe(parent, node);
    }

    private static void makeDevice(Directory parent, LayerEntry node, FileType type) throws IOException {
        try {
            parent.makeNode(node.path().name(), type, 0600, node.deviceMajor(), node.deviceMinor());
        } catch (LinuxException failure) {
            if (failure.is(Errno.EPERM)) {
                throw new LayerException(
                        node.path(),
                        "'/" + node.path() + "' is a device, which only root of the machine can make; build as root");
            }
            throw failure;
        }
    }

    @Override
    public void remove(ByteString path) throws IOException {
        Directory parent = enter(path.parent());
        directories
                .subSet(path, true, path.concat(ByteString.of("0")), false)
                .removeIf(directory -> directory.isBelowOrSame(path));
        parent.deleteRecursively(path.name());
    }

    /// Gives directories what they are to have, and makes whiteouts.
    @Override
    public void finish(LayerIndex index) throws IOException {
        for (LayerEntry entry : index.entries()) {
            switch (entry.type()) {
                case WHITEOUT ->
                    enter(entry.path().parent()).makeNode(entry.path().name(), FileType.CHARACTER_DEVICE, 0, 0, 0);
                case DIRECTORY -> directory(entry.path());
                case FILE, SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
            }
        }
        // The deepest first: then nothing changes the time of a parent any more.
        for (ByteString path : directories.descendingSet()) {
            Directory parent = enter(path.parent());
            ByteString name = path.isEmpty() ? SELF : path.name();
            LayerEntry entry = index.find(path);
            if (entry != null && entry.opaque()) {
                marks.markOpaque(parent, name);
            }
            describeDirectory(parent, name, entry == null ? ImpliedDirectories.entry(path) : entry);
        }
    }

    /// {@return the directory `path`, made if it is not there; it stays open until the chain leaves it}
    private Directory enter(ByteString path) throws IOException {
        while (!chain.isEmpty() && !path.isBelowOrSame(chain.getLast().path())) {
            chain.removeLast().directory().close();
        }
        Open last = chain.peekLast();
        ByteString reached = last == null ? ByteString.EMPTY : last.path();
        Directory current = last == null ? root : last.directory();
        while (reached.length() < path.length()) {
            int slash = path.indexOf('/', reached.isEmpty() ? 0 : reached.length() + 1);
            reached = slash < 0 ? path : path.substring(0, slash);
            if (directories.add(reached)) {
                current.makeDirectory(reached.name(), 0700);
            }
            current = current.openDirectory(reached.name());
            chain.addLast(new Open(reached, current));
        }
        return current;
    }

    /// Owner first, since the kernel then clears set-id bits and capabilities.
    private void describe(Directory parent, LayerEntry entry) throws IOException {
        ByteString name = entry.path().name();
        if (entry.userId() != born.uid() || entry.groupId() != born.gid()) {
            setOwner(parent, name, entry);
        }
        if (!entry.isSymlink()) {
            parent.setMode(name, entry.mode());
        }
        describeRest(parent, name, entry);
    }

    static void describeDirectory(Directory parent, ByteString name, LayerEntry entry) throws IOException {
        setOwner(parent, name, entry);
        parent.setMode(name, entry.mode());
        describeRest(parent, name, entry);
    }

    private static void setOwner(Directory parent, ByteString name, LayerEntry entry) throws IOException {
        try {
            parent.setOwner(name, entry.userId(), entry.groupId());
        } catch (LinuxException failure) {
            if (failure.is(Errno.EINVAL)) {
                throw new LayerException(
                        entry.path(),
                        "'/" + entry.path() + "' belongs to " + Integer.toUnsignedString(entry.userId()) + ":"
                                + Integer.toUnsignedString(entry.groupId())
                                + ", which this user namespace does not have; give its user a longer range in"
                                + " /etc/subuid and /etc/subgid, or build as root");
            }
            throw failure;
        }
    }

    private static void describeRest(Directory parent, ByteString name, LayerEntry entry) throws IOException {
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
