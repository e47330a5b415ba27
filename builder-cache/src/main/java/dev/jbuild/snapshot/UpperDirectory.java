package dev.jbuild.snapshot;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.Xattrs;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Reads what a step did from the upper directory of its overlay mount: the index of the layer that the directory
/// is.
///
/// Whiteouts are character devices 0:0, directories that hide what is below them carry overlay's mark. Sockets are
/// removed, since no layer can hold one. The root itself becomes an entry when the step changed more of it than its
/// time.
final class UpperDirectory {
    /// The longest path the kernel takes in one call; a layer with longer ones could not be unpacked by anybody.
    private static final int MAX_PATH = 4095;

    private static final int BUFFER = 1 << 17;
    private static final ByteString RESERVED = ByteString.of(".wh.");

    private final Directory root;
    private final OverlayMarks marks;
    private final List<LayerEntry> entries = new ArrayList<>();
    private final Map<Long, List<Integer>> links = new HashMap<>();
    private final byte[] buffer = new byte[BUFFER];
    private @Nullable ByteString passwd;
    private @Nullable ByteString group;

    private UpperDirectory(Directory root, OverlayMarks marks) {
        this.root = root;
        this.marks = marks;
    }

    /// {@return the index of the directory}
    ///
    /// @param rootBelow the root directory of the stack that the step stood on
    /// @throws LayerException when the step made what no layer can hold
    static LayerIndex read(Directory root, OverlayMarks marks, LayerEntry rootBelow) throws IOException {
        var reader = new UpperDirectory(root, marks);
        reader.addRoot(rootBelow);
        reader.walk(root, ByteString.EMPTY);
        return LayerIndex.of(reader.withHardLinks(), new AccountFiles(reader.passwd, reader.group));
    }

    private void addRoot(LayerEntry below) throws IOException {
        FileStatus status = root.status();
        ByteString self = ByteString.of(".");
        LayerEntry now = directory(ByteString.EMPTY, status, attributes(root, self, ByteString.EMPTY));
        if (!now.withModified(below.modified()).equals(below)) {
            entries.add(now);
        }
    }

    private void walk(Directory directory, ByteString path) throws IOException {
        List<DirectoryEntry> names = directory.entries();
        names.sort(Comparator.comparing(DirectoryEntry::name));
        for (DirectoryEntry name : names) {
            ByteString child = path.resolve(name.name());
            check(name.name(), child);
            FileStatus status = directory.status(name.name());
            if (status.type() == FileType.SOCKET) {
                directory.unlink(name.name());
                continue;
            }
            add(directory, name.name(), child, status);
            if (status.isDirectory()) {
                try (Directory below = directory.openDirectory(name.name())) {
                    walk(below, child);
                }
            }
        }
    }

    private static void check(ByteString name, ByteString path) {
        if (name.startsWith(RESERVED)) {
            throw new LayerException(
                    path,
                    "'/" + path + "' cannot be in an image: names that begin with '.wh.' mean deletion in a layer");
        }
        if (path.length() > MAX_PATH) {
            throw new LayerException(
                    path,
                    "a path of " + path.length() + " bytes cannot be in an image, " + MAX_PATH + " at most: '/"
                            + path.substring(0, 200) + "...'");
        }
    }

    private void add(Directory parent, ByteString name, ByteString path, FileStatus status) throws IOException {
        if (isWhiteout(status)) {
            entries.add(LayerEntry.whiteout(path));
            return;
        }
        SortedMap<ByteString, ByteString> attributes = attributes(parent, name, path);
        Timestamp modified = modified(status);
        LayerEntry entry = switch (status.type()) {
            case REGULAR -> file(parent, name, path, status);
            case DIRECTORY -> directory(path, status, attributes);
            case SYMLINK -> LayerEntry.symlink(path, parent.readSymlink(name), modified);
            case FIFO -> LayerEntry.fifo(path, status.mode(), modified);
            case CHARACTER_DEVICE -> device(path, EntryType.CHARACTER_DEVICE, status);
            case BLOCK_DEVICE -> device(path, EntryType.BLOCK_DEVICE, status);
            case SOCKET, UNKNOWN -> throw new IllegalStateException("not to be met here: " + status.type());
        };
        if (!status.isDirectory()) {
            entry = entry.withOwner(status.uid(), status.gid())
                    .withXattrs(ExtendedAttributes.withoutForbidden(attributes));
        }
        if (status.isRegular() && status.links() > 1) {
            links.computeIfAbsent(status.inode(), inode -> new ArrayList<>()).add(entries.size());
        }
        entries.add(entry);
    }

    private static boolean isWhiteout(FileStatus status) {
        return status.type() == FileType.CHARACTER_DEVICE && status.deviceMajor() == 0 && status.deviceMinor() == 0;
    }

    private SortedMap<ByteString, ByteString> attributes(Directory parent, ByteString name, ByteString path)
            throws IOException {
        SortedMap<ByteString, ByteString> all = Xattrs.read(parent, name);
        if (!all.isEmpty() && marks.isIncomplete(all)) {
            throw new IOException("overlay left '/" + path + "' incomplete in the upper directory");
        }
        return all;
    }

    private LayerEntry directory(ByteString path, FileStatus status, SortedMap<ByteString, ByteString> attributes) {
        return LayerEntry.directory(path, status.mode(), status.uid(), status.gid(), modified(status))
                .withOpaque(marks.isOpaque(attributes))
                .withXattrs(ExtendedAttributes.withoutForbidden(attributes));
    }

    private static LayerEntry device(ByteString path, EntryType type, FileStatus status) {
        long number = LayerEntry.deviceNumber(status.deviceMajor(), status.deviceMinor());
        return LayerEntry.device(path, type, status.mode(), modified(status), number);
    }

    private LayerEntry file(Directory parent, ByteString name, ByteString path, FileStatus status) throws IOException {
        MessageDigest hash = Digest.newHash();
        byte[] kept = AccountFiles.keeps(path) && status.size() <= AccountFiles.MAX_BYTES
                ? new byte[(int) status.size()]
                : null;
        long size = 0;
        try (Fd file = parent.openFile(name)) {
            for (int count = file.read(buffer, 0, BUFFER); count >= 0; count = file.read(buffer, 0, BUFFER)) {
                hash.update(buffer, 0, count);
                if (kept != null && size + count <= kept.length) {
                    System.arraycopy(buffer, 0, kept, (int) size, count);
                }
                size += count;
            }
        }
        if (size != status.size()) {
            throw new IOException("'/" + path + "' changes while it is read: a process of the step still writes");
        }
        keepAccounts(path, kept);
        return LayerEntry.file(path, status.mode(), modified(status), size, Digest.finish(hash));
    }

    private void keepAccounts(ByteString path, byte @Nullable [] content) {
        if (content != null && path.equals(AccountFiles.PASSWD_PATH)) {
            passwd = ByteString.ofBytes(content);
        } else if (content != null) {
            group = ByteString.ofBytes(content);
        }
    }

    /// The index keeps bytes only under their first name, so that it does not depend on who made it.
    private void forgetAccounts(ByteString path) {
        if (path.equals(AccountFiles.PASSWD_PATH)) {
            passwd = null;
        } else if (path.equals(AccountFiles.GROUP_PATH)) {
            group = null;
        }
    }

    static Timestamp modified(FileStatus status) {
        return new Timestamp(status.mtimeSeconds(), status.mtimeNanos());
    }

    /// {@return the entries, where each further name of an inode points to the first one}
    private List<LayerEntry> withHardLinks() {
        for (List<Integer> names : links.values()) {
            names.sort(Comparator.comparing(position -> entries.get(position).path()));
            ByteString first = entries.get(names.getFirst()).path();
            for (int position : names.subList(1, names.size())) {
                entries.set(position, entries.get(position).withHardLink(first));
                forgetAccounts(entries.get(position).path());
            }
        }
        return entries;
    }
}
