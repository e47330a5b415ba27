package dev.jbuild.snapshot;

import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.Xattrs;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes overlay show directories as the index of a stack does, although a tree cannot leave out a directory on
/// the way.
///
/// A tree has directories that its layer does not describe as 0755 of 0:0, and overlay shows the topmost. So those
/// that a lower layer does describe get an entry in the upper directory before a step, as that layer has them, and
/// lose it again after the step when it left them alone.
final class ImpliedDirectories {
    private final Directory upper;
    private final MergedTree below;

    /// What was made, by path: as it was made.
    private final TreeMap<ByteString, LayerEntry> made = new TreeMap<>();

    ImpliedDirectories(Directory upper, MergedTree below) {
        this.upper = upper;
        this.below = below;
    }

    /// {@return how a tree shows a directory that its layer does not describe}
    static LayerEntry entry(ByteString path) {
        return LayerEntry.directory(path, 0755, 0, 0, Timestamp.EPOCH);
    }

    /// Puts those that would be shown wrong into the upper directory, with the directories on the way.
    void describe(List<LayerIndex> layers) throws IOException {
        for (LayerIndex layer : layers) {
            for (ByteString path : layer.impliedDirectories()) {
                LayerEntry merged = below.find(path);
                if (merged != null && merged.isDirectory() && !merged.equals(entry(path))) {
                    makeWithParents(path);
                }
            }
        }
        for (LayerEntry entry : made.descendingMap().values()) {
            try (Directory parent = find(entry.path().parent())) {
                if (parent == null) {
                    throw new IllegalStateException("the upper directory is not empty");
                }
                TreeWriter.describeDirectory(parent, entry.path().name(), entry);
            }
        }
    }

    private void makeWithParents(ByteString path) throws IOException {
        if (path.isEmpty() || made.containsKey(path)) {
            return;
        }
        makeWithParents(path.parent());
        LayerEntry entry = below.find(path);
        if (entry == null || !entry.isDirectory()) {
            throw new IllegalArgumentException("not a directory: " + path);
        }
        upper.makeDirectory(path, 0700);
        made.put(path, entry);
    }

    /// Takes out what the step left as it was, the deepest first.
    void remove(OverlayMarks marks) throws IOException {
        for (LayerEntry entry : made.descendingMap().values()) {
            try (Directory parent = find(entry.path().parent())) {
                if (parent != null && isUntouched(parent, entry, marks)) {
                    FileStatus before = parent.status();
                    parent.removeDirectory(entry.path().name());
                    parent.setTime(before.mtimeSeconds(), before.mtimeNanos());
                }
            }
        }
    }

    /// {@return the directory; null when the step replaced or removed it, or one on the way}
    private @Nullable Directory find(ByteString path) throws IOException {
        Directory current = upper.reopen();
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            ByteString name = path.substring(start, end);
            try (Directory parent = current) {
                if (!isDirectory(parent, name)) {
                    return null;
                }
                current = parent.openDirectory(name);
            }
            start = end + 1;
        }
        return current;
    }

    private static boolean isDirectory(Directory parent, ByteString name) throws IOException {
        return parent.contains(name) && parent.status(name).isDirectory();
    }

    private static boolean isUntouched(Directory parent, LayerEntry made, OverlayMarks marks) throws IOException {
        ByteString name = made.path().name();
        if (!isDirectory(parent, name)) {
            return false;
        }
        FileStatus now = parent.status(name);
        var attributes = Xattrs.read(parent, name);
        boolean same = now.mode() == made.mode()
                && now.uid() == made.userId()
                && now.gid() == made.groupId()
                && UpperDirectory.modified(now).equals(made.modified())
                && !marks.isOpaque(attributes)
                && ExtendedAttributes.withoutForbidden(attributes).equals(made.xattrs());
        try (Directory directory = parent.openDirectory(name)) {
            return same && directory.entries().isEmpty();
        }
    }
}
