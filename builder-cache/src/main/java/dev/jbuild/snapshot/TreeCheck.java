package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.LinuxException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the names of a tree, their types, modes, owners and times with the index of its layer; bytes are
/// another matter. A tree that was copied without whiteouts, owners or times is found out.
final class TreeCheck {
    private final LayerIndex index;
    private final Directory tree;
    private final Set<ByteString> expected = new HashSet<>();

    private TreeCheck(LayerIndex index, Directory tree) {
        this.index = index;
        this.tree = tree;
    }

    /// {@return the first path that is not as the index says; null when all are}
    static @Nullable ByteString firstDamaged(LayerIndex index, Directory tree) throws LinuxException {
        return new TreeCheck(index, tree).firstDamaged();
    }

    private @Nullable ByteString firstDamaged() throws LinuxException {
        expected.addAll(index.impliedDirectories());
        for (LayerEntry entry : index.entries()) {
            expected.add(entry.path());
        }
        var found = new HashSet<ByteString>();
        var directories = new ArrayDeque<ByteString>();
        directories.push(ByteString.EMPTY);
        while (!directories.isEmpty()) {
            ByteString path = directories.pop();
            try (Directory directory = tree.openDirectory(path.isEmpty() ? ByteString.of(".") : path)) {
                for (DirectoryEntry name : directory.entries()) {
                    ByteString child = path.resolve(name.name());
                    FileStatus status = directory.status(name.name());
                    if (!isExpected(child, status)) {
                        return child;
                    }
                    found.add(child);
                    if (status.isDirectory()) {
                        directories.push(child);
                    }
                }
            }
        }
        expected.removeAll(found);
        expected.remove(ByteString.EMPTY);
        return expected.isEmpty() ? null : expected.iterator().next();
    }

    private boolean isExpected(ByteString path, FileStatus status) {
        LayerEntry entry = index.find(path);
        if (entry == null) {
            return status.isDirectory() && expected.contains(path);
        }
        boolean type = switch (entry.type()) {
            case FILE -> status.isRegular() && (entry.hardLink() != null || status.size() == entry.size());
            case DIRECTORY -> status.isDirectory();
            case SYMLINK -> status.isSymlink();
            case FIFO -> status.type() == FileType.FIFO;
            case BLOCK_DEVICE -> status.type() == FileType.BLOCK_DEVICE;
            case CHARACTER_DEVICE -> status.type() == FileType.CHARACTER_DEVICE;
            case WHITEOUT ->
                status.type() == FileType.CHARACTER_DEVICE && status.deviceMajor() == 0 && status.deviceMinor() == 0;
        };
        return switch (entry.type()) {
            case WHITEOUT -> type;
            case SYMLINK -> type && status.uid() == entry.userId() && status.gid() == entry.groupId();
            case FILE, DIRECTORY, FIFO, BLOCK_DEVICE, CHARACTER_DEVICE ->
                type
                        && status.mode() == entry.mode()
                        && status.uid() == entry.userId()
                        && status.gid() == entry.groupId()
                        && (entry.hardLink() != null
                                || status.mtimeSeconds() == entry.modified().seconds());
        };
    }
}
