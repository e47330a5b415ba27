package dev.jbuild.copy;

import dev.jbuild.context.Inodes;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.user.Owner;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What all hard links of a file of a source have in common. Links are only looked for within one source.
sealed interface FileIdentity {
    /// A file of a context.
    record InContext(SourceMatch source, Object inode) implements FileIdentity {}

    /// A file of a merged tree. An upper layer may have put another file in place of the first link: only what is equal
    /// in all of this is one file.
    record FirstLink(
            SourceMatch source,
            ByteString path,
            Digest contentDigest,
            int mode,
            Owner owner,
            Timestamp modified,
            SortedMap<ByteString, ByteString> xattrs)
            implements FileIdentity {}

    /// {@return the identity of a file with its digest; null when it has no other link}
    static @Nullable FileIdentity of(CopyItem.Found found, LayerEntry file) {
        SourceMatch source = found.match();
        if (found.tree().files() instanceof Inodes inodes) {
            Object inode = inodes.inode(file);
            return inode == null ? null : new InContext(source, inode);
        }
        ByteString first = file.hardLink();
        return new FirstLink(
                source,
                first == null ? file.path() : first,
                file.requiredContentDigest(),
                file.mode(),
                new Owner(file.userId(), file.groupId()),
                file.modified(),
                file.xattrs());
    }
}
