package dev.jbuild.copy;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.Owner;
import org.jspecify.annotations.Nullable;

/// What the flags of a COPY or ADD say of every file alike.
///
/// @param owner of everything that is copied or made on the way; null keeps that of the source
/// @param mode for copied files and directories; null keeps that of the source
/// @param unpack whether a file of [CopySource.InTree] that is an archive is unpacked, as ADD does
/// @param parents whether a source keeps its path, see [SourceMatch]
/// @param excludes what is left out, seen from each directory that is copied; a file that a source names itself is left
///     out by its name
/// @param modified time of everything that is copied, but not of what comes out of an archive; null keeps that of the
///     source
public record CopyRules(
        @Nullable Owner owner,
        @Nullable ModeChange mode,
        boolean unpack,
        boolean parents,
        IgnorePatterns excludes,
        @Nullable Timestamp modified) {
    /// COPY without a flag.
    public static final CopyRules PLAIN = new CopyRules(null, null, false, false, IgnorePatterns.NONE, null);

    /// {@return the owner of directories that are made and of inline files}
    Owner ownerOfMade() {
        return owner == null ? Owner.ROOT : owner;
    }

    LayerEntry owned(LayerEntry entry) {
        return owner == null ? entry : entry.withOwner(owner.userId(), owner.groupId());
    }

    /// {@return an entry of a source as it is in the destination, but for its mode}
    LayerEntry copied(LayerEntry entry, ByteString path) {
        LayerEntry copied = owned(entry.withPath(path));
        return modified == null ? copied : copied.withModified(modified);
    }

    int mode(int mode, boolean directory) {
        return this.mode == null ? mode : this.mode.apply(mode, directory);
    }
}
