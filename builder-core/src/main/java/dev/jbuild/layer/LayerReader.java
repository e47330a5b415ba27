package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.Excerpt;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the tar of a layer, or an archive, into a [LayerIndex], and hands the bytes of its files to a
/// [LayerSink].
///
/// The result is what unpacking the tar entry by entry into an empty root would leave, the root being as strong
/// as a chroot:
/// - Names may begin with `/` and `./` and hold `.` and double slashes; `..` is refused. A name for the root
///   itself must be a directory.
/// - An entry below a path that this tar made a symbolic link goes where the link leads inside the root, as
///   umoci, containerd and Docker unpack it. Below a file it is refused. A link of a *lower* layer is not seen:
///   a layer is unpacked alone, as by Docker's overlay2 driver.
/// - The same path again replaces what was there, with a warning; a directory keeps its children.
/// - A hard link must name something this tar has before; its own attributes are ignored, as by GNU tar.
/// - Whiteouts (`.wh.name`, `.wh..wh..opq`) count for lower layers only, wherever they stand in the tar.
///   `.wh.`, `.wh..` and `.wh...` are refused, and so is whatever lies below a whiteout. What AUFS left
///   (`.wh..wh.*`) is skipped. In an archive these names are ordinary, so that [LayerIndex] refuses them.
/// - A character device 0:0 is refused: in a lower directory it would be a whiteout.
/// - Attributes that no layer may hold are dropped with a warning, see [ExtendedAttributes].
///
/// The stream is read to its end, not only to that of the tar, so whoever verifies it sees all of it.
public final class LayerReader {
    private static final int MAX_WARNINGS = 100;
    /// The limit of Linux for the text of a link.
    private static final int MAX_LINK_TEXT = 4095;
    private static final ByteString UP = ByteString.of("..");

    private final TarReader tar;
    private final LayerSink sink;
    private final TarLimits limits;
    private final boolean whiteouts;
    private final GrowingTree tree;
    private final byte[] buffer = new byte[1 << 16];
    private final MessageDigest hash = Digest.newHash();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<ByteString, ByteString> accounts = new HashMap<>();
    private int entries;
    private long nameBytes;
    private long fileBytes;

    private LayerReader(InputStream in, LayerSink sink, TarLimits limits, boolean whiteouts) {
        this.tar = new TarReader(in);
        this.sink = sink;
        this.limits = limits;
        this.whiteouts = whiteouts;
        this.tree = new GrowingTree(sink, limits.nameBytes());
    }

    /// Reads the layer of an image.
    ///
    /// @param in the uncompressed tar; stays open
    /// @param diffId what the SHA-256 of all of `in` must be. [LayerSink#finish] is called only if it is
    /// @throws LayerException when the tar is refused or has another digest; the sink's tree is then to be
    ///     thrown away
    public static LayerContent readLayer(InputStream in, Digest diffId, LayerSink sink, TarLimits limits)
            throws IOException {
        var hashed = new CountedInput(in, limits.bytes(), Digest.newHash());
        var reader = new LayerReader(new BufferedInputStream(hashed, 1 << 16), sink, limits, true);
        reader.readEntries();
        hashed.drain(reader.buffer);
        Digest actual = hashed.digest();
        if (!actual.equals(diffId)) {
            throw new LayerException("a layer whose diff ID should be " + diffId + " has " + actual);
        }
        List<LayerEntry> entries = reader.tree.entries();
        LayerIndex index = LayerIndex.ofPulled(entries, reader.accountFiles(entries), diffId);
        sink.finish(index);
        return new LayerContent(index, List.copyOf(reader.warnings));
    }

    /// Reads an archive as ADD unpacks it: the same, but no name means deletion.
    ///
    /// @param in the uncompressed tar; stays open
    /// @throws LayerException when the tar is refused; the sink's tree is then to be thrown away
    public static LayerContent readArchive(InputStream in, LayerSink sink, TarLimits limits) throws IOException {
        var counted = new CountedInput(in, limits.bytes(), null);
        var reader = new LayerReader(new BufferedInputStream(counted, 1 << 16), sink, limits, false);
        reader.readEntries();
        counted.drain(reader.buffer);
        List<LayerEntry> entries = reader.tree.entries();
        LayerIndex index = LayerIndex.of(entries, reader.accountFiles(entries));
        sink.finish(index);
        return new LayerContent(index, List.copyOf(reader.warnings));
    }

    /// {@return whether a stream with these first bytes, 512 at least, is a tar}
    public static boolean isTar(byte[] start) {
        return TarReader.isTar(start);
    }

    private void readEntries() throws IOException {
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            countEntry(entry);
            List<ByteString> names = names(entry.name());
            if (names.isEmpty()) {
                placeRoot(entry);
            } else if (!whiteouts || !applyWhiteout(entry, names)) {
                place(entry, names);
            }
        }
    }

    private void countEntry(TarEntry entry) {
        nameBytes += entry.name().length() + entry.linkTarget().length();
        entry.xattrs().forEach((name, value) -> nameBytes += name.length() + value.length());
        fileBytes += entry.size();
        if (++entries > limits.entries()) {
            throw new LayerException("too many entries in one layer, more than " + limits.entries());
        }
        if (nameBytes > limits.nameBytes()) {
            throw new LayerException("too long names in one layer, more than " + limits.nameBytes() + " bytes");
        }
        if (fileBytes < 0 || fileBytes > limits.bytes()) {
            throw new LayerException("a layer unpacks to more than " + limits.bytes() + " bytes");
        }
    }

    private static List<ByteString> names(ByteString path) {
        List<ByteString> names = PathResolver.names(path);
        for (ByteString name : names) {
            if (name.equals(UP)) {
                throw new LayerException(path, "the name " + quoted(path) + " in a tar leads upwards");
            }
        }
        return names;
    }

    private void placeRoot(TarEntry entry) throws IOException {
        if (entry.kind() != TarEntry.Kind.DIRECTORY) {
            throw new LayerException(entry.name(), "the root in a tar, " + quoted(entry.name()) + ", is no directory");
        }
        tree.placeDirectory(tree.directory(List.of()), layerEntry(entry, ByteString.EMPTY));
    }

    /// {@return whether the name means something else than a path of this layer}
    private boolean applyWhiteout(TarEntry entry, List<ByteString> names) throws IOException {
        ByteString last = names.getLast();
        for (int i = 0; i < names.size(); i++) {
            ByteString name = names.get(i);
            boolean atEnd = i == names.size() - 1;
            if (name.startsWith(LayerPath.AUFS_PREFIX) && !(atEnd && name.equals(LayerPath.OPAQUE_MARK))) {
                warn("left out what AUFS kept for itself: " + quoted(entry.name()));
                return true;
            }
            if (name.startsWith(LayerPath.WHITEOUT_PREFIX) && !atEnd) {
                throw new LayerException(entry.name(), quoted(entry.name()) + " lies below a whiteout");
            }
        }
        if (!last.startsWith(LayerPath.WHITEOUT_PREFIX)) {
            return false;
        }
        // AUFS made its whiteouts as hard links of one file.
        if (entry.kind() != TarEntry.Kind.FILE && entry.kind() != TarEntry.Kind.HARD_LINK) {
            throw new LayerException(entry.name(), "the whiteout " + quoted(entry.name()) + " is no file");
        }
        GrowingTree.Node parent = tree.directory(names.subList(0, names.size() - 1));
        if (last.equals(LayerPath.OPAQUE_MARK)) {
            tree.opaque(parent);
            return true;
        }
        ByteString deleted = last.substring(LayerPath.WHITEOUT_PREFIX.length());
        if (deleted.isEmpty() || deleted.equals(UP) || deleted.equals(ByteString.of("."))) {
            throw new LayerException(entry.name(), "the whiteout " + quoted(entry.name()) + " names nothing");
        }
        tree.whiteout(tree.childOf(parent, deleted));
        return true;
    }

    private void place(TarEntry entry, List<ByteString> names) throws IOException {
        GrowingTree.Node parent = tree.directory(names.subList(0, names.size() - 1));
        GrowingTree.Node node = tree.childOf(parent, names.getLast());
        boolean again = switch (entry.kind()) {
            case DIRECTORY -> tree.placeDirectory(node, layerEntry(entry, node.path()));
            case HARD_LINK -> placeHardLink(entry, node);
            case FILE -> placeFile(node, layerEntry(entry, node.path()));
            case SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {
                LayerEntry made = layerEntry(entry, node.path());
                boolean before = tree.place(node, made);
                sink.node(made);
                yield before;
            }
        };
        if (again) {
            warn("a tar has " + quoted(node.path()) + " more than once; the last one counts");
        }
    }

    private boolean placeHardLink(TarEntry entry, GrowingTree.Node node) throws IOException {
        List<ByteString> target = names(entry.linkTarget());
        if (target.isEmpty()) {
            throw new LayerException(node.path(), quoted(node.path()) + " is a hard link to the root");
        }
        GrowingTree.Node parent = tree.directory(target.subList(0, target.size() - 1));
        return tree.placeHardLink(node, parent, target.getLast());
    }

    private boolean placeFile(GrowingTree.Node node, LayerEntry file) throws IOException {
        boolean again = tree.place(node, file);
        var content = new CountedInput(tar.content(), file.size(), hash);
        if (AccountFiles.keeps(file.path()) && file.size() <= AccountFiles.MAX_BYTES) {
            byte[] bytes = content.readAllBytes();
            accounts.put(file.path(), ByteString.ofBytes(bytes));
            sink.file(file, new ByteArrayInputStream(bytes));
        } else {
            sink.file(file, content);
        }
        content.drain(buffer);
        tree.setDigest(node, Digest.finish(hash));
        return again;
    }

    private LayerEntry layerEntry(TarEntry entry, ByteString path) {
        EntryType type = switch (entry.kind()) {
            case FILE, HARD_LINK -> EntryType.FILE;
            case SYMLINK -> EntryType.SYMLINK;
            case CHARACTER_DEVICE -> EntryType.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> EntryType.BLOCK_DEVICE;
            case DIRECTORY -> EntryType.DIRECTORY;
            case FIFO -> EntryType.FIFO;
        };
        boolean link = type == EntryType.SYMLINK;
        int textLength = link ? entry.linkTarget().length() : 1;
        if (textLength == 0 || textLength > MAX_LINK_TEXT) {
            throw new LayerException(path, "the link " + quoted(path) + " has a text of " + textLength + " bytes");
        }
        if (type == EntryType.CHARACTER_DEVICE && entry.device() == 0) {
            throw new LayerException(path, quoted(path) + " is the device 0:0, which would delete files");
        }
        var attributes = ExtendedAttributes.withoutForbidden(entry.xattrs());
        for (ByteString name : entry.xattrs().keySet()) {
            if (!attributes.containsKey(name)) {
                warn("left out extended attributes that no layer may hold: " + quoted(name));
            }
        }
        return new LayerEntry(
                path,
                type,
                link ? 0777 : entry.mode(),
                entry.userId(),
                entry.groupId(),
                entry.size(),
                entry.modified(),
                link ? entry.linkTarget() : ByteString.EMPTY,
                entry.device(),
                false,
                attributes,
                null,
                null);
    }

    private AccountFiles accountFiles(List<LayerEntry> entries) {
        ByteString passwd = null;
        ByteString group = null;
        for (LayerEntry entry : entries) {
            ByteString bytes = accounts.get(entry.path());
            // What was read under this name may have been replaced by something else since.
            if (bytes != null
                    && entry.isFile()
                    && Digest.ofBytes(bytes.toBytes()).equals(entry.contentDigest())) {
                if (entry.path().equals(AccountFiles.PASSWD_PATH)) {
                    passwd = bytes;
                } else {
                    group = bytes;
                }
            }
        }
        return new AccountFiles(passwd, group);
    }

    private void warn(String warning) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(warning);
        }
    }

    private static String quoted(ByteString text) {
        return Excerpt.quoted(text.toString());
    }
}
