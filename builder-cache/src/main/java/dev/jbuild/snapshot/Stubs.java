package dev.jbuild.snapshot;

import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.Xattrs;
import java.io.IOException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Files and directories that are put into an upper directory before a step and taken out after it, when the step
/// left them as they were.
///
/// They are made there and not through the mount, so their parents are copied by us, with the times they had.
final class Stubs {
    private final Directory upper;
    private final MergedTree below;

    /// What was made, by path: as it was made.
    private final TreeMap<ByteString, LayerEntry> made = new TreeMap<>();

    Stubs(Directory upper, MergedTree below) {
        this.upper = upper;
        this.below = below;
    }

    /// {@return how a tree shows a directory that its layer does not describe}
    static LayerEntry implied(ByteString path) {
        return LayerEntry.directory(path, 0755, 0, 0, Timestamp.EPOCH);
    }

    /// See [RunDirectories#makeStub].
    void make(ByteString path, EntryType type) throws IOException {
        if (made.containsKey(path) || below.find(path) != null) {
            return;
        }
        if (type == EntryType.DIRECTORY) {
            describe(path);
            return;
        }
        try (Directory parent = enter(path.parent())) {
            FileStatus before = parent.status();
            try (Fd file = parent.createFile(path.name(), 0644)) {
                file.setMode(0644);
            }
            restoreTime(parent, before);
        }
        made.put(path, LayerEntry.file(path, 0644, Timestamp.EPOCH, 0, null));
    }

    /// Puts a directory and its parents into the upper directory, as they are below.
    void describe(ByteString path) throws IOException {
        enter(path).close();
    }

    private Directory enter(ByteString path) throws IOException {
        Directory current = upper.reopen();
        for (int end = 0; end < path.length(); ) {
            int slash = path.indexOf('/', end == 0 ? 0 : end + 1);
            end = slash < 0 ? path.length() : slash;
            try (Directory parent = current) {
                current = enter(parent, path.substring(0, end));
            }
        }
        return current;
    }

    private Directory enter(Directory parent, ByteString path) throws IOException {
        ByteString name = path.name();
        if (!parent.contains(name)) {
            LayerEntry entry = below.find(path);
            if (entry != null && !entry.isDirectory()) {
                throw new LayerException(path, "'/" + path + "' is not a directory");
            }
            FileStatus before = parent.status();
            parent.makeDirectory(name, 0700);
            LayerEntry wanted = entry == null ? implied(path) : entry;
            TreeWriter.finishDirectory(parent, name, wanted);
            made.put(path, wanted);
            restoreTime(parent, before);
        }
        return parent.openDirectory(name);
    }

    private static void restoreTime(Directory directory, FileStatus before) throws IOException {
        directory.setTime(before.mtimeSeconds(), before.mtimeNanos());
    }

    /// Takes out what the step left as it was, the deepest first.
    void remove(OverlayMarks marks) throws IOException {
        for (LayerEntry entry : made.descendingMap().values()) {
            try (Directory parent = openParent(entry.path())) {
                if (parent != null && isUntouched(parent, entry, marks)) {
                    FileStatus before = parent.status();
                    if (entry.isDirectory()) {
                        parent.removeDirectory(entry.path().name());
                    } else {
                        parent.unlink(entry.path().name());
                    }
                    restoreTime(parent, before);
                }
            }
        }
    }

    /// {@return null when the step replaced or removed a directory on the way}
    private @Nullable Directory openParent(ByteString path) throws IOException {
        Directory current = upper.reopen();
        ByteString parentPath = path.parent();
        for (int end = 0; end < parentPath.length(); ) {
            int slash = parentPath.indexOf('/', end == 0 ? 0 : end + 1);
            int start = end == 0 ? 0 : end + 1;
            end = slash < 0 ? parentPath.length() : slash;
            ByteString name = parentPath.substring(start, end);
            try (Directory parent = current) {
                if (!parent.contains(name) || !parent.status(name).isDirectory()) {
                    return null;
                }
                current = parent.openDirectory(name);
            }
        }
        return current;
    }

    private boolean isUntouched(Directory parent, LayerEntry made, OverlayMarks marks) throws IOException {
        ByteString name = made.path().name();
        if (!parent.contains(name)) {
            return false;
        }
        FileStatus now = parent.status(name);
        boolean sameOwner = now.mode() == made.mode() && now.uid() == made.userId() && now.gid() == made.groupId();
        if (made.isFile()) {
            return now.isRegular() && now.size() == 0 && now.links() == 1 && sameOwner;
        }
        if (!now.isDirectory() || !sameOwner) {
            return false;
        }
        // Below nothing was there: whatever time it has now comes from a stub in it, or from the step looking at it.
        boolean sameTime =
                below.find(made.path()) == null || UpperDirectory.modified(now).equals(made.modified());
        var attributes = Xattrs.read(parent, name);
        try (Directory directory = parent.openDirectory(name)) {
            return sameTime
                    && !marks.isOpaque(attributes)
                    && ExtendedAttributes.withoutForbidden(attributes).equals(made.xattrs())
                    && directory.entries().isEmpty();
        }
    }
}
