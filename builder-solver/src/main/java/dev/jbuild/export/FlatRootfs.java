package dev.jbuild.export;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.operation.RootfsTree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A root file system as if it had one layer.
final class FlatRootfs {
    /// The inode of a file: hard links share it inside the layer they came with.
    private record Inode(LayerId layer, ByteString firstPath) {}

    private FlatRootfs() {}

    /// {@return all that a container sees, without marks of what is hidden}
    ///
    /// @param epoch the time of everything; null when each thing keeps its own
    static LayerIndex of(RootfsTree rootfs, @Nullable Instant epoch) {
        var entries = new TreeMap<ByteString, LayerEntry>();
        var pending = new ArrayDeque<LayerEntry>();
        @Nullable LayerEntry root = rootfs.files().find(ByteString.EMPTY);
        if (root != null) {
            pending.add(root);
        }
        while (!pending.isEmpty()) {
            LayerEntry entry = pending.remove();
            entries.put(entry.path(), entry.isDirectory() ? entry.withOpaque(false) : entry);
            if (entry.isDirectory()) {
                pending.addAll(rootfs.files().children(entry.path()));
            }
        }
        linkAnew(rootfs, entries);
        if (epoch != null) {
            Timestamp time = Timestamp.ofSeconds(epoch.getEpochSecond());
            entries.replaceAll((_, entry) -> entry.withModified(time));
        }
        return LayerIndex.of(List.copyOf(entries.values()));
    }

    /// {@return the bytes of the files, which may have another time or another first name than in `rootfs`}
    static FileContents contents(RootfsTree rootfs) {
        return file -> rootfs.open(Objects.requireNonNull(rootfs.files().find(file.path()), "no file of this tree"));
    }

    /// The first name of a file may be hidden by an upper layer; then the next one is the first.
    private static void linkAnew(RootfsTree rootfs, Map<ByteString, LayerEntry> entries) {
        Map<Inode, ByteString> first = new HashMap<>();
        entries.replaceAll((path, entry) -> {
            if (!entry.isFile()) {
                return entry;
            }
            ByteString original = entry.hardLink() == null ? path : entry.hardLink();
            var inode = new Inode(rootfs.files().layerOf(entry).id(), original);
            return entry.withHardLink(first.putIfAbsent(inode, path));
        });
    }
}
