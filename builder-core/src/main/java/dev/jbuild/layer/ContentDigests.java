package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Digests of what COPY, ADD and bind mounts read: everything that a copy keeps or that a step can see of a
/// file, but no time, no name of the thing itself, and not which files are hard links of each other.
///
/// SHA-256 over these bytes, numbers big-endian:
/// ```
/// entry    = "jbuild-entry-1" node
/// subtree  = "jbuild-tree-1" node · children:u32 · (name:blob · SHA-256 of the child's subtree [32]){children}
/// node     = type:u8 · mode:u16 · user:u32 · group:u32 · device:u64 · linkTarget:blob
///          · xattrs:u32 · (name:blob · value:blob){xattrs} · FILE: SHA-256 of its bytes [32]
/// blob     = length:u32 byte{length}
/// ```
/// The type is the number in [EntryType]; children and attributes stand in byte order of name. What is no
/// directory has a subtree without children.
public final class ContentDigests {
    private static final byte[] ENTRY = "jbuild-entry-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TREE = "jbuild-tree-1".getBytes(StandardCharsets.US_ASCII);

    private ContentDigests() {}

    /// {@return the digest of `entry` alone, a directory without what is in it}
    ///
    /// @param entry one of `tree`
    public static Digest ofEntry(FileTree tree, LayerEntry entry) throws IOException {
        MessageDigest hash = Digest.newHash();
        hash.update(ENTRY);
        node(hash, tree, entry);
        return Digest.finish(hash);
    }

    /// {@return the digest of `entry` with all that is below it}
    ///
    /// @param entry one of `tree`
    public static Digest ofSubtree(FileTree tree, LayerEntry entry) throws IOException {
        // An explicit stack: a tree may be deeper than a thread's stack.
        Deque<Visit> open = new ArrayDeque<>();
        // One for each level, used again by the next entry of it: to ask the JDK for one takes longer than to hash a
        // node.
        Deque<MessageDigest> idle = new ArrayDeque<>();
        open.push(Visit.start(tree, entry, Digest.newHash()));
        while (true) {
            Visit visit = open.element();
            if (visit.left.hasNext()) {
                MessageDigest hash = idle.isEmpty() ? Digest.newHash() : idle.pop();
                open.push(Visit.start(tree, visit.left.next(), hash));
                continue;
            }
            byte[] finished = visit.hash.digest();
            idle.push(visit.hash);
            open.pop();
            if (open.isEmpty()) {
                return new Digest("sha256", LayerIndex.hex(finished, 0, finished.length));
            }
            MessageDigest parent = open.element().hash;
            blob(parent, visit.entry.path().name());
            parent.update(finished);
        }
    }

    /// A directory, or something else, whose children are being hashed.
    private record Visit(LayerEntry entry, MessageDigest hash, Iterator<LayerEntry> left) {
        /// @param hash a fresh one, or one that was just read
        static Visit start(FileTree tree, LayerEntry entry, MessageDigest hash) throws IOException {
            List<LayerEntry> children = entry.isDirectory() ? tree.children(entry.path()) : List.of();
            hash.update(TREE);
            node(hash, tree, entry);
            int32(hash, children.size());
            return new Visit(entry, hash, children.iterator());
        }
    }

    private static void node(MessageDigest hash, FileTree tree, LayerEntry entry) throws IOException {
        var fixed = ByteBuffer.allocate(1 + 2 + 4 + 4 + 8);
        fixed.put((byte) entry.type().code()).putShort((short) entry.mode());
        fixed.putInt(entry.userId()).putInt(entry.groupId()).putLong(entry.device());
        hash.update(fixed.array());
        blob(hash, entry.linkTarget());
        int32(hash, entry.xattrs().size());
        for (var attribute : entry.xattrs().entrySet()) {
            blob(hash, attribute.getKey());
            blob(hash, attribute.getValue());
        }
        if (entry.isFile()) {
            hash.update(tree.contentDigest(entry).bytes());
        }
    }

    private static void blob(MessageDigest hash, ByteString bytes) {
        int32(hash, bytes.length());
        hash.update(bytes.toBytes());
    }

    private static void int32(MessageDigest hash, int value) {
        hash.update(ByteBuffer.allocate(4).putInt(value).array());
    }
}
