package dev.jbuild.context;

import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.Xattrs;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// An entry of a context, and the status it was made from.
record ContextEntry(LayerEntry entry, FileStatus status) {
    private record Inode(long device, long number) {}

    /// {@return the entry of a name in an open directory}
    ///
    /// @param path in the context; empty for the directory itself
    /// @param now seconds since the epoch
    static ContextEntry read(Directory parent, ByteString path, DigestMemo memo, long now) throws IOException {
        ByteString name = path.name();
        FileStatus status = name.isEmpty() ? parent.status() : parent.status(name);
        var modified = new Timestamp(status.mtimeSeconds(), status.mtimeNanos());
        LayerEntry entry = switch (status.type()) {
            case REGULAR -> file(parent, path, status, known(memo, FileKey.of(path, status), now));
            case DIRECTORY ->
                LayerEntry.directory(path, status.mode(), 0, 0, modified)
                        .withXattrs(xattrs(parent, name.isEmpty() ? ByteString.of(".") : name));
            case SYMLINK -> LayerEntry.symlink(path, parent.readSymlink(name), modified);
            case FIFO -> LayerEntry.fifo(path, status.mode(), modified);
            case SOCKET -> LayerEntry.file(path, status.mode(), modified, 0, null);
            case CHARACTER_DEVICE -> device(path, EntryType.CHARACTER_DEVICE, status);
            case BLOCK_DEVICE -> device(path, EntryType.BLOCK_DEVICE, status);
            case UNKNOWN -> throw new IllegalStateException("a status without a type");
        };
        return new ContextEntry(entry, status);
    }

    /// {@return this file after its bytes were read}
    ///
    /// @param state of the file while it was read
    ContextEntry withContent(Digest contentDigest, FileStatus state) {
        LayerEntry read = entry.withContent(state.isRegular() ? state.size() : 0, contentDigest)
                .withModified(new Timestamp(state.mtimeSeconds(), state.mtimeNanos()));
        return new ContextEntry(read, state);
    }

    /// @throws ContextException when more than the bytes is another than when the file was listed
    void checkSameKind(FileStatus now) {
        if (now.type() != status.type() || now.mode() != status.mode()) {
            throw UnchangedFile.changed(entry.path());
        }
    }

    /// {@return what all links of this file have in common; null when it has one}
    @Nullable
    Object inode() {
        return status.links() > 1 && status.isRegular() ? new Inode(status.device(), status.inode()) : null;
    }

    private static @Nullable FileFacts known(DigestMemo memo, FileKey key, long now) {
        return key.isSettled(now) ? memo.find(key) : null;
    }

    private static LayerEntry file(Directory parent, ByteString path, FileStatus status, @Nullable FileFacts known)
            throws IOException {
        var modified = new Timestamp(status.mtimeSeconds(), status.mtimeNanos());
        return LayerEntry.file(
                        path, status.mode(), modified, status.size(), known == null ? null : known.contentDigest())
                .withXattrs(known == null ? xattrs(parent, path.name()) : known.xattrs());
    }

    private static SortedMap<ByteString, ByteString> xattrs(Directory parent, ByteString name) throws IOException {
        return ExtendedAttributes.withoutForbidden(Xattrs.read(parent, name));
    }

    private static LayerEntry device(ByteString path, EntryType type, FileStatus status) {
        long device = LayerEntry.deviceNumber(status.deviceMajor(), status.deviceMinor());
        if (device == 0) {
            throw new ContextException("'" + path
                    + "' is the device 0:0, which in a layer means a deleted file; name it" + " in .dockerignore");
        }
        var modified = new Timestamp(status.mtimeSeconds(), status.mtimeNanos());
        return LayerEntry.device(path, type, status.mode(), modified, device);
    }
}
