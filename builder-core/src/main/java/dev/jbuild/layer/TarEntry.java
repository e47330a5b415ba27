package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.util.SortedMap;

/// One entry of a tar as it is written there: nothing about its name is checked or cleaned.
///
/// @param name may be absolute, hold `..`, end with slashes, or be empty
/// @param mode permission bits, 07777 at most
/// @param userId unsigned
/// @param groupId unsigned
/// @param size bytes that [TarReader#content()] gives, holes of a sparse file included; 0 for all but FILE
/// @param linkTarget of HARD_LINK a name as `name`, of SYMLINK the text
/// @param device as in [LayerEntry]
/// @param xattrs all that the tar has, whatever their names
record TarEntry(
        ByteString name,
        Kind kind,
        int mode,
        int userId,
        int groupId,
        long size,
        Timestamp modified,
        ByteString linkTarget,
        long device,
        SortedMap<ByteString, ByteString> xattrs) {
    /// What a tar can hold of a file tree.
    enum Kind {
        FILE,
        HARD_LINK,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }
}
