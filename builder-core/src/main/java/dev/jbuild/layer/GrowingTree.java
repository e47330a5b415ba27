package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.Excerpt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tree of one layer while its tar is read: entries replace each other as if they were unpacked one by one
/// into an empty root, with links followed inside it, and the sink is told.
///
/// A path costs time in proportion to its length, whatever else is there.
final class GrowingTree {
    private static final ByteString UP = ByteString.of("..");

    /// The limit of Linux.
    private static final int MAX_NAME = 255;

    /// Attributes of a directory that nothing describes but that hides what is below it.
    private static final int IMPLIED_MODE = 0755;

    private final LayerSink sink;
    private final Node root = new Node(null, ByteString.EMPTY);
    private final long maxPathBytes;
    private long pathBytes;

    /// @param maxPathBytes of all paths together; links can make them far longer than the names in the tar
    GrowingTree(LayerSink sink, long maxPathBytes) {
        this.sink = sink;
        this.maxPathBytes = maxPathBytes;
        root.made = true;
    }

    /// One path of the layer.
    static final class Node {
        private final @Nullable Node parent;
        private final ByteString path;
        /// Whether the path exists in this layer; else it is only deleted.
        private boolean made;
        /// Null when no entry of the tar describes the path.
        private @Nullable LayerEntry entry;
        /// Of a FILE, shared by its hard links.
        private @Nullable Inode inode;
        /// Whether the tar deletes what lower layers have here, or below.
        private boolean whiteout;
        private boolean opaque;
        private @Nullable Map<ByteString, Node> children;

        Node(@Nullable Node parent, ByteString path) {
            this.parent = parent;
            this.path = path;
        }

        ByteString path() {
            return path;
        }

        private @Nullable Node child(ByteString name) {
            return children == null ? null : children.get(name);
        }

        private boolean isDirectory() {
            return made && (entry == null || entry.isDirectory());
        }
    }

    /// The bytes that hard links share.
    private static final class Inode {
        private @Nullable Digest contentDigest;
    }

    /// {@return the directory that these names lead to from the root, made where it is missing} Links are
    /// followed.
    ///
    /// @throws LayerException when something on the way is no directory, or links go in circles
    Node directory(List<ByteString> names) throws IOException {
        Deque<ByteString> pending = new ArrayDeque<>(names);
        Node current = root;
        int links = 0;
        while (!pending.isEmpty()) {
            ByteString name = pending.removeFirst();
            if (name.equals(UP)) {
                current = current.parent == null ? root : current.parent;
                continue;
            }
            Node next = childOf(current, name);
            LayerEntry entry = next.entry;
            if (entry != null && entry.isSymlink()) {
                if (++links > PathResolver.MAX_LINKS) {
                    throw new LayerException(next.path, "too many links at " + quoted(next.path) + " in this layer");
                }
                if (entry.linkTarget().byteAt(0) == '/') {
                    current = root;
                }
                List<ByteString> target = PathResolver.names(entry.linkTarget());
                for (ByteString step : target.reversed()) {
                    pending.addFirst(step);
                }
                continue;
            }
            makeDirectory(next);
            current = next;
        }
        return current;
    }

    /// {@return the place of `name` in a directory of this tree}
    ///
    /// @throws LayerException when no Linux file system could hold the name, or all of them are too long
    Node childOf(Node directory, ByteString name) {
        Node known = directory.child(name);
        if (known != null) {
            return known;
        }
        ByteString path = directory.path.resolve(name);
        pathBytes += path.length();
        if (name.length() > MAX_NAME) {
            throw new LayerException(path, "a name in " + quoted(path) + " is longer than " + MAX_NAME + " bytes");
        }
        if (pathBytes > maxPathBytes) {
            throw new LayerException(path, "too long names in one layer, more than " + maxPathBytes + " bytes");
        }
        var node = new Node(directory, path);
        if (directory.children == null) {
            directory.children = new HashMap<>();
        }
        directory.children.put(name, node);
        return node;
    }

    private void makeDirectory(Node node) throws IOException {
        if (!node.made) {
            node.made = true;
            sink.directory(node.path);
        } else if (!node.isDirectory()) {
            throw new LayerException(node.path, "an entry lies below " + quoted(node.path) + ", which is no directory");
        }
    }

    /// Makes `node` a directory with these attributes, or gives them to the one that is there.
    ///
    /// @return whether an entry was there before
    boolean placeDirectory(Node node, LayerEntry entry) throws IOException {
        boolean again = node.entry != null;
        if (node.made && !node.isDirectory()) {
            clear(node);
        }
        makeDirectory(node);
        node.entry = entry;
        return again;
    }

    /// Makes `node` what `entry` says, in place of all that was there. The caller gives a file's bytes to the
    /// sink, and then its digest to [#setDigest].
    ///
    /// @return whether an entry was there before
    boolean place(Node node, LayerEntry entry) throws IOException {
        boolean again = clear(node);
        node.made = true;
        node.entry = entry;
        node.inode = entry.isFile() ? new Inode() : null;
        return again;
    }

    void setDigest(Node node, Digest contentDigest) {
        if (node.inode == null) {
            throw new IllegalStateException("'" + node.path + "' is no file");
        }
        node.inode.contentDigest = contentDigest;
    }

    /// Makes `node` another name of what is at `targetParent`'s child `name`; that is not followed if it is a
    /// link.
    ///
    /// @return whether an entry was there before
    boolean placeHardLink(Node node, Node targetParent, ByteString name) throws IOException {
        Node target = targetParent.child(name);
        LayerEntry entry = target == null ? null : target.entry;
        if (target == null || entry == null || entry.isDirectory()) {
            ByteString path = targetParent.path.resolve(name);
            throw new LayerException(
                    node.path,
                    quoted(node.path) + " is a hard link to " + quoted(path)
                            + ", no file that this layer has before it");
        }
        if (target.path.isBelowOrSame(node.path)) {
            throw new LayerException(node.path, quoted(node.path) + " is a hard link to itself or to what it replaces");
        }
        boolean again = clear(node);
        node.made = true;
        node.entry = entry.withPath(node.path);
        node.inode = target.inode;
        if (node.inode == null) {
            sink.node(node.entry);
        } else {
            sink.hardLink(target.path, node.path);
        }
        return again;
    }

    void whiteout(Node node) {
        node.whiteout = true;
    }

    void opaque(Node directory) {
        directory.opaque = true;
    }

    /// {@return whether an entry was there}
    private boolean clear(Node node) throws IOException {
        boolean again = node.entry != null;
        if (node.made) {
            sink.remove(node.path);
        }
        node.made = false;
        node.entry = null;
        node.inode = null;
        node.opaque = false;
        node.children = null;
        return again;
    }

    /// {@return everything that the layer says, hard links settled}
    List<LayerEntry> entries() {
        var found = new ArrayList<Node>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Node node = open.pop();
            Collection<Node> children = node.children == null ? List.of() : node.children.values();
            children.forEach(open::push);
            if (node.entry != null || node.opaque || node.whiteout) {
                found.add(node);
            }
        }
        found.sort(Comparator.comparing(Node::path));
        var entries = new ArrayList<LayerEntry>(found.size());
        var firstLinks = new IdentityHashMap<Inode, ByteString>();
        for (Node node : found) {
            entries.add(settled(node, firstLinks));
        }
        return entries;
    }

    private static LayerEntry settled(Node node, Map<Inode, ByteString> firstLinks) {
        boolean hides = node.opaque || node.whiteout;
        if (!node.made) {
            return LayerEntry.whiteout(node.path);
        }
        LayerEntry entry = node.entry;
        if (entry == null) {
            return LayerEntry.directory(node.path, IMPLIED_MODE, 0, 0, Timestamp.EPOCH)
                    .withOpaque(true);
        }
        if (node.inode == null || node.inode.contentDigest == null) {
            return entry.isDirectory() ? entry.withOpaque(hides) : entry;
        }
        ByteString first = firstLinks.putIfAbsent(node.inode, node.path);
        return entry.withContent(entry.size(), node.inode.contentDigest).withHardLink(first);
    }

    private static String quoted(ByteString path) {
        return Excerpt.quoted(path.toString());
    }
}
