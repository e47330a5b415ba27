package dev.jbuild.copy;

import dev.jbuild.layer.LayerEntry;
import java.util.List;

/// An archive that ADD unpacks: its entries as they would be in an empty root.
///
/// @param entries in byte order of their paths
record Archive(SourceTree tree, List<LayerEntry> entries, List<String> warnings) {
    /// {@return whether the file is a tar, compressed or not} Its bytes decide, not its name.
    static boolean is(SourceTree tree, LayerEntry file) {
        if (file.size() == 0) {
            return false;
        }
        throw notYet(tree, file);
    }

    /// {@return the whole archive, its files in a spool}
    static Archive read(SourceTree tree, LayerEntry file, ArchiveSpool spool) {
        spool.close();
        throw notYet(tree, file);
    }

    private static UnsupportedOperationException notYet(SourceTree tree, LayerEntry file) {
        return new UnsupportedOperationException(
                "cannot tell yet whether /" + file.path() + " of " + tree.description() + " is an archive");
    }
}
