package dev.jbuild.copy;

import dev.jbuild.layer.CorruptStreamException;
import dev.jbuild.layer.Decompressors;
import dev.jbuild.layer.LayerContent;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerReader;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.TarLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// An archive that ADD unpacks: its entries as they would be in an empty root.
///
/// @param entries in byte order of their paths
record Archive(SourceTree tree, List<LayerEntry> entries, List<String> warnings) {
    private static final int HEADER = 512;

    /// {@return whether the file is a tar, compressed or not} Its bytes decide, not its name.
    static boolean is(SourceTree tree, LayerEntry file) throws IOException {
        if (file.size() == 0) {
            return false;
        }
        try (InputStream bytes = open(tree, file)) {
            return LayerReader.isTar(bytes.readNBytes(HEADER));
        } catch (CorruptStreamException noArchive) {
            // Bytes that only begin like a compressed file are a file like any other.
            return false;
        }
    }

    /// {@return the whole archive, its files in a spool}
    static Archive read(SourceTree tree, LayerEntry file, ArchiveSpool spool) throws IOException {
        try (InputStream bytes = open(tree, file)) {
            LayerContent content = LayerReader.readArchive(bytes, spool, TarLimits.DEFAULT);
            var unpacked =
                    new SourceTree("archive '/" + file.path() + "'", MergedTree.of(List.of(content.index())), spool);
            return new Archive(unpacked, content.index().entries(), content.warnings());
        }
    }

    private static InputStream open(SourceTree tree, LayerEntry file) throws IOException {
        return Decompressors.open(new BufferedInputStream(tree.contents().open(file), 1 << 16));
    }
}
