package dev.jbuild.explain;

import dev.jbuild.cache.Read;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.ReadManifest;
import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What differs between two times of reading.
final class FileChanges {
    /// So many are named; a person reads no more.
    private static final int NAMED = 10;

    private final List<FileChange> changes = new ArrayList<>();
    private int total;
    private boolean partial;

    private FileChanges() {}

    /// {@return the changes; null when there are none}
    ///
    /// @param place where the files are
    /// @param oldManifest null when it is not known any more
    static Cause.@Nullable Files of(
            String place,
            List<Read> oldReads,
            @Nullable LayerIndex oldManifest,
            List<Read> newReads,
            @Nullable LayerIndex newManifest) {
        var found = new FileChanges();
        Map<ByteString, Integer> known = new HashMap<>();
        for (int i = 0; i < oldReads.size(); i++) {
            known.put(oldReads.get(i).path(), i);
        }
        for (int i = 0; i < newReads.size(); i++) {
            Read read = newReads.get(i);
            @Nullable Integer before = known.remove(read.path());
            if (before == null) {
                found.add(read.path(), List.of("new"));
            } else if (!oldReads.get(before).contentDigest().equals(read.contentDigest())) {
                found.compare(read.path(), oldManifest, before, newManifest, i);
            }
        }
        known.keySet().stream().sorted().forEach(gone -> found.add(gone, List.of("gone")));
        return found.total == 0
                ? null
                : new Cause.Files(place, found.changes, found.partial ? -1 : found.total - found.changes.size());
    }

    private void add(ByteString path, List<String> aspects) {
        total++;
        if (changes.size() < NAMED) {
            changes.add(new FileChange(path, aspects));
        }
    }

    private void compare(
            ByteString path, @Nullable LayerIndex before, int oldNumber, @Nullable LayerIndex after, int newNumber) {
        if (before == null || after == null) {
            partial = true;
            add(path, List.of());
            return;
        }
        ByteString left = ReadManifest.name(oldNumber);
        ByteString right = ReadManifest.name(newNumber);
        compare(path, before.find(left), after.find(right));
        List<LayerEntry> olds = before.below(left);
        List<LayerEntry> news = after.below(right);
        int i = 0;
        int j = 0;
        while (i < olds.size() || j < news.size()) {
            @Nullable LayerEntry old = i < olds.size() ? olds.get(i) : null;
            @Nullable LayerEntry now = j < news.size() ? news.get(j) : null;
            ByteString oldPath = below(left, old);
            ByteString newPath = below(right, now);
            int order = order(old == null, oldPath, now == null, newPath);
            compare(path.resolve(order <= 0 ? oldPath : newPath), order <= 0 ? old : null, order >= 0 ? now : null);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    private static ByteString below(ByteString name, @Nullable LayerEntry entry) {
        return entry == null ? ByteString.EMPTY : entry.path().substring(name.length() + 1);
    }

    /// An end stands behind every path.
    private static int order(boolean leftEnded, ByteString left, boolean rightEnded, ByteString right) {
        if (leftEnded || rightEnded) {
            return leftEnded ? 1 : -1;
        }
        return left.compareTo(right);
    }

    private void compare(ByteString path, @Nullable LayerEntry before, @Nullable LayerEntry after) {
        if (before == null || after == null) {
            if (before != null) {
                add(path, List.of("gone"));
            } else if (after != null) {
                add(path, List.of("new"));
            }
            return;
        }
        List<String> aspects = aspects(before, after);
        if (!aspects.isEmpty()) {
            add(path, aspects);
        }
    }

    private static List<String> aspects(LayerEntry before, LayerEntry after) {
        if (before.type() != after.type()) {
            return List.of("type");
        }
        var aspects = new ArrayList<String>();
        if (before.isFile() && !before.requiredContentDigest().equals(after.requiredContentDigest())) {
            aspects.add("content");
        }
        if (before.mode() != after.mode()) {
            aspects.add("mode");
        }
        if (before.userId() != after.userId() || before.groupId() != after.groupId()) {
            aspects.add("owner");
        }
        if (!before.linkTarget().equals(after.linkTarget())) {
            aspects.add("link target");
        }
        if (before.device() != after.device()) {
            aspects.add("device");
        }
        if (!before.xattrs().equals(after.xattrs())) {
            aspects.add("extended attributes");
        }
        return aspects;
    }
}
