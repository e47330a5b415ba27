package dev.jbuild.copy;

import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.user.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A new layer while it is written, seen as one tree with what lies below it.
final class LayerDraft implements FileTree {
    private static final int MADE_DIRECTORY_MODE = 0755;

    /// The byte behind the slash: a directory with it sorts behind everything in the directory.
    private static final ByteString BEHIND_SLASH = ByteString.of("0");

    private final FileTree below;
    private final TreeMap<ByteString, Written> written = new TreeMap<>();

    /// Directories of the tree below that were removed with all that is in them.
    private final Set<ByteString> hidden = new HashSet<>();

    /// @param origin of a FILE, else null
    /// @param inode equal for all links of one file; null when it has no other
    private record Written(
            LayerEntry entry,
            @Nullable Origin origin,
            @Nullable Object inode) {}

    LayerDraft(FileTree below) {
        this.below = below;
    }

    @Override
    public @Nullable LayerEntry find(ByteString path) throws IOException {
        Written mine = written.get(path);
        if (mine != null) {
            return mine.entry();
        }
        return isHidden(path) ? null : below.find(path);
    }

    @Override
    public List<LayerEntry> children(ByteString directory) throws IOException {
        var children = new TreeMap<ByteString, LayerEntry>();
        for (LayerEntry child : below.children(directory)) {
            if (!isHidden(child.path())) {
                children.put(child.path(), child);
            }
        }
        for (Written mine : written.values()) {
            ByteString path = mine.entry().path();
            if (!path.isEmpty() && path.parent().equals(directory)) {
                children.put(path, mine.entry());
            }
        }
        return List.copyOf(children.values());
    }

    @Override
    public Digest contentDigest(LayerEntry file) throws IOException {
        return written.containsKey(file.path()) ? file.requiredContentDigest() : below.contentDigest(file);
    }

    /// Writes an entry that has no bytes. What is there now must be of the same kind, or no directory on either side.
    void put(LayerEntry entry) {
        written.put(entry.path(), new Written(entry, null, null));
    }

    /// Writes a file, in place of whatever is there that is no directory.
    ///
    /// @param inode equal for files that are links of each other; null when it has no other
    void putFile(LayerEntry file, Origin origin, @Nullable Object inode) {
        written.put(file.path(), new Written(file, origin, inode));
    }

    /// Removes what is at a path, with all below it; something must be put there then.
    void clear(ByteString path) throws IOException {
        written.subMap(path, path.concat(BEHIND_SLASH)).keySet().removeIf(mine -> mine.isBelowOrSame(path));
        LayerEntry existing = below.find(path);
        if (existing != null && existing.isDirectory()) {
            hidden.add(path);
        }
    }

    /// Makes a directory and those on the way to it, where there are none yet.
    ///
    /// @param path without links on the way
    /// @return null when it is there now, else the path of what is in the way
    @Nullable
    ByteString makeDirectories(ByteString path, Owner owner, Timestamp created) throws IOException {
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            ByteString directory = end < 0 ? path : path.substring(0, end);
            LayerEntry existing = find(directory);
            if (existing == null) {
                put(LayerEntry.directory(directory, MADE_DIRECTORY_MODE, owner.userId(), owner.groupId(), created));
            } else if (!existing.isDirectory()) {
                return directory;
            }
            if (end < 0) {
                return null;
            }
        }
    }

    /// {@return the entries of the layer in byte order, with every directory on the way to one, as it is in the whole
    /// tree: overlay shows the topmost}
    List<LayerEntry> entries() throws IOException {
        for (ByteString path : List.copyOf(written.keySet())) {
            addParents(path);
        }
        var first = new HashMap<Object, ByteString>();
        var entries = new ArrayList<LayerEntry>(written.size());
        for (Written mine : written.values()) {
            LayerEntry entry = opaqueIfHidden(mine.entry());
            entries.add(mine.inode() == null ? entry : entry.withHardLink(firstLink(first, mine.inode(), entry)));
        }
        return entries;
    }

    /// {@return where the bytes of each file come from}
    Map<ByteString, Origin> origins() {
        var origins = new HashMap<ByteString, Origin>();
        written.forEach((path, mine) -> {
            if (mine.origin() != null) {
                origins.put(path, mine.origin());
            }
        });
        return origins;
    }

    private boolean isHidden(ByteString path) {
        if (hidden.isEmpty()) {
            return false;
        }
        for (ByteString at = path; !at.isEmpty(); at = at.parent()) {
            if (hidden.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private LayerEntry opaqueIfHidden(LayerEntry entry) {
        return entry.isDirectory() && hidden.contains(entry.path()) ? entry.withOpaque(true) : entry;
    }

    private void addParents(ByteString path) throws IOException {
        for (ByteString child = path; !child.isEmpty(); child = child.parent()) {
            ByteString parent = child.parent();
            if (written.containsKey(parent)) {
                return;
            }
            LayerEntry existing = below.find(parent);
            if (existing == null) {
                throw new IllegalStateException("'" + path + "' was written before its directory");
            }
            if (parent.isEmpty() && isUndescribed(existing)) {
                return;
            }
            put(existing);
        }
    }

    /// The root of no layers is as nobody made it. An entry would show it so above layers that describe it.
    private boolean isUndescribed(LayerEntry root) throws IOException {
        return root.modified().equals(Timestamp.EPOCH)
                && below.children(ByteString.EMPTY).isEmpty();
    }

    private static @Nullable ByteString firstLink(Map<Object, ByteString> first, Object inode, LayerEntry entry) {
        return first.putIfAbsent(inode, entry.path());
    }
}
