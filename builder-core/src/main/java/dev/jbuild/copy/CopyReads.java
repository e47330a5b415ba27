package dev.jbuild.copy;

import dev.jbuild.layer.ContentDigests;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a copy reads of its sources, without the destination: with the request and the root it stands on, all that its
/// result depends on. Inline files are part of the request.
///
/// @param reads in the order of the sources, matches of a pattern in the order of a walk
public record CopyReads(List<SourceRead> reads, List<CopyWarning> warnings) {
    public CopyReads {
        reads = List.copyOf(reads);
        warnings = List.copyOf(warnings);
    }

    /// {@return what `request` reads} Files of a context that were never read before are read here.
    ///
    /// @throws CopyException when a source is not there
    public static CopyReads of(CopyRequest request) throws IOException {
        var reads = new ArrayList<SourceRead>();
        var warnings = new ArrayList<CopyWarning>();
        for (CopySource source : request.sources()) {
            if (source instanceof CopySource.InTree inTree) {
                List<SourceMatch> matches = SourceMatch.find(inTree);
                if (matches.isEmpty()) {
                    warnings.add(SourceMatch.nothing(inTree));
                }
                for (SourceMatch match : matches) {
                    reads.add(read(inTree.tree().files(), match));
                }
            }
        }
        return new CopyReads(reads, warnings);
    }

    private static SourceRead read(FileTree files, SourceMatch match) throws IOException {
        LayerEntry entry = match.entry();
        return new SourceRead(
                match.path(),
                entry.isDirectory() ? ContentDigests.ofSubtree(files, entry) : ContentDigests.ofEntry(files, entry));
    }
}
