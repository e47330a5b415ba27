package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Everything that a step read, entry by entry: what its content digests are made of. So two steps whose digests differ
/// can be compared file by file.
///
/// The first read and all below it stand under the name `0`, the second under `1`, in one [LayerIndex].
public final class ReadManifest {
    private final List<LayerEntry> entries = new ArrayList<>();
    private int reads;

    public ReadManifest() {}

    /// {@return the name of a read in the index}
    ///
    /// @param number counted from 0
    public static ByteString name(int number) {
        return ByteString.of(Integer.toString(number));
    }

    /// Adds the next read.
    ///
    /// @param root one of `files`, with all that is below it there
    public void add(FileTree files, LayerEntry root) throws IOException {
        int skipped = root.path().length();
        ByteString name = name(reads++);
        // An explicit stack: a tree may be deeper than a thread's stack.
        Deque<LayerEntry> pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            LayerEntry entry = pending.pop();
            ByteString rest = entry.path().substring(skipped);
            boolean atRoot = skipped == 0 && !rest.isEmpty();
            ByteString path = name.concat(atRoot ? ByteString.of("/").concat(rest) : rest);
            entries.add(complete(files, entry).withPath(path));
            if (entry.isDirectory()) {
                files.children(entry.path()).forEach(pending::push);
            }
        }
    }

    private static LayerEntry complete(FileTree files, LayerEntry entry) throws IOException {
        return entry.isFile() ? entry.withContent(entry.size(), files.contentDigest(entry)) : entry;
    }

    /// {@return all that was added}
    ///
    /// @throws LayerException when a name cannot stand in a layer
    public LayerIndex index() {
        return LayerIndex.of(entries);
    }
}
