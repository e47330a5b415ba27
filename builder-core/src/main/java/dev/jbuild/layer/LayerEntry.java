package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One entry of a layer: what a path is made into.
///
/// A component that the type does not use holds its zero: 0, false, empty, null. A whiteout has a path and
/// nothing else.
///
/// @param path relative, components joined by single slashes; empty is the root directory itself
/// @param mode permission bits, 07777 at most
/// @param userId unsigned
/// @param groupId unsigned
/// @param size bytes of a FILE
/// @param linkTarget text of a SYMLINK
/// @param device number of a device: major in the upper, minor in the lower 32 bits
/// @param opaque of a DIRECTORY: it hides everything that lower layers have below it
/// @param xattrs only those that [ExtendedAttributes#belongsInLayer] allows
/// @param contentDigest SHA-256 of the bytes of a FILE; null in a build context, where [FileTree#contentDigest]
///     knows
/// @param hardLink of a FILE: the first path of this layer, in byte order, that is the same inode; null for
///     that one itself. All other components are equal for every link
public record LayerEntry(
        ByteString path,
        EntryType type,
        int mode,
        int userId,
        int groupId,
        long size,
        Timestamp modified,
        ByteString linkTarget,
        long device,
        boolean opaque,
        SortedMap<ByteString, ByteString> xattrs,
        @Nullable Digest contentDigest,
        @Nullable ByteString hardLink) {
    public LayerEntry {
        check(LayerPath.isClean(path.toBytes(), 0, path.length()), path, "not a clean relative path");
        check((mode & ~07777) == 0, path, "mode has more than permission bits");
        check(size >= 0 && (size == 0 || type == EntryType.FILE), path, "size");
        check(linkTarget.isEmpty() != (type == EntryType.SYMLINK), path, "link target");
        check(device == 0 || type.isDevice(), path, "device number");
        check(type != EntryType.CHARACTER_DEVICE || device != 0, path, "character device 0:0 is a whiteout");
        check(!opaque || type == EntryType.DIRECTORY, path, "opaque");
        check((contentDigest == null && hardLink == null) || type == EntryType.FILE, path, "digest or hard link");
        check(hardLink == null || hardLink.compareTo(path) < 0, path, "hard link to a path behind it");
        check(!path.isEmpty() || type == EntryType.DIRECTORY, path, "root is a directory");
        xattrs = ExtendedAttributes.checkedCopy(xattrs);
        if (type == EntryType.WHITEOUT) {
            boolean bare = mode == 0 && userId == 0 && groupId == 0 && modified.equals(Timestamp.EPOCH);
            check(bare && xattrs.isEmpty(), path, "whiteout with attributes");
        }
    }

    /// {@return a directory that hides nothing}
    public static LayerEntry directory(ByteString path, int mode, int userId, int groupId, Timestamp modified) {
        return plain(path, EntryType.DIRECTORY, mode, modified).withOwner(userId, groupId);
    }

    /// {@return a file owned by 0:0; see [#withOwner]}
    ///
    /// @param contentDigest null when it is not known yet
    public static LayerEntry file(
            ByteString path, int mode, Timestamp modified, long size, @Nullable Digest contentDigest) {
        return new LayerEntry(
                path,
                EntryType.FILE,
                mode,
                0,
                0,
                size,
                modified,
                ByteString.EMPTY,
                0,
                false,
                ExtendedAttributes.NONE,
                contentDigest,
                null);
    }

    /// {@return a symbolic link owned by 0:0; its mode is 0777 as on every Linux file system}
    public static LayerEntry symlink(ByteString path, ByteString target, Timestamp modified) {
        return new LayerEntry(
                path,
                EntryType.SYMLINK,
                0777,
                0,
                0,
                0,
                modified,
                target,
                0,
                false,
                ExtendedAttributes.NONE,
                null,
                null);
    }

    /// {@return a device owned by 0:0}
    ///
    /// @param type one of the two device types
    /// @param device see the component
    public static LayerEntry device(ByteString path, EntryType type, int mode, Timestamp modified, long device) {
        return new LayerEntry(
                path,
                type,
                mode,
                0,
                0,
                0,
                modified,
                ByteString.EMPTY,
                device,
                false,
                ExtendedAttributes.NONE,
                null,
                null);
    }

    /// {@return a named pipe owned by 0:0}
    public static LayerEntry fifo(ByteString path, int mode, Timestamp modified) {
        return plain(path, EntryType.FIFO, mode, modified);
    }

    public static LayerEntry whiteout(ByteString path) {
        return plain(path, EntryType.WHITEOUT, 0, Timestamp.EPOCH);
    }

    /// {@return the device number of `major` and `minor`}
    public static long deviceNumber(int major, int minor) {
        return ((long) major << 32) | (minor & 0xffff_ffffL);
    }

    public boolean isDirectory() {
        return type == EntryType.DIRECTORY;
    }

    public boolean isFile() {
        return type == EntryType.FILE;
    }

    public boolean isSymlink() {
        return type == EntryType.SYMLINK;
    }

    public int deviceMajor() {
        return (int) (device >>> 32);
    }

    public int deviceMinor() {
        return (int) device;
    }

    /// {@return the content digest of a file that has one}
    ///
    /// @throws IllegalStateException when it has none
    public Digest requiredContentDigest() {
        if (contentDigest == null) {
            throw new IllegalStateException("'" + path + "' has no content digest");
        }
        return contentDigest;
    }

    /// {@return this entry elsewhere; a hard link becomes a file of its own, as paths of the other links are
    /// not known}
    public LayerEntry withPath(ByteString path) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                null);
    }

    public LayerEntry withMode(int mode) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    public LayerEntry withOwner(int userId, int groupId) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    public LayerEntry withModified(Timestamp modified) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    public LayerEntry withOpaque(boolean opaque) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    public LayerEntry withXattrs(SortedMap<ByteString, ByteString> xattrs) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    public LayerEntry withContent(long size, Digest contentDigest) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    /// {@return this file as a link to `hardLink`, or as the first of its links when that is null}
    public LayerEntry withHardLink(@Nullable ByteString hardLink) {
        return new LayerEntry(
                path,
                type,
                mode,
                userId,
                groupId,
                size,
                modified,
                linkTarget,
                device,
                opaque,
                xattrs,
                contentDigest,
                hardLink);
    }

    private static LayerEntry plain(ByteString path, EntryType type, int mode, Timestamp modified) {
        return new LayerEntry(
                path, type, mode, 0, 0, 0, modified, ByteString.EMPTY, 0, false, ExtendedAttributes.NONE, null, null);
    }

    private static void check(boolean holds, ByteString path, String what) {
        if (!holds) {
            throw new IllegalArgumentException("'" + path + "': " + what);
        }
    }
}
