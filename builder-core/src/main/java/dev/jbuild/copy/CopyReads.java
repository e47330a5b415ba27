package dev.jbuild.copy;

import dev.jbuild.layer.ContentDigests;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.ReadManifest;
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
            switch (source) {
                case CopySource.InTree inTree -> {
                    List<SourceMatch> matches = SourceMatch.find(inTree, request.rules());
                    if (matches.isEmpty()) {
                        warnings.add(SourceMatch.nothing(inTree, request.rules()));
                    }
                    reads(matches, reads);
                }
                case CopySource.OneFile one -> reads(List.of(SourceMatch.of(one)), reads);
                case CopySource.Inline _ -> {}
            }
        }
        return new CopyReads(reads, warnings);
    }

    /// {@return the files behind the reads of `request`, which are numbered in the same order}
    public static ReadManifest manifest(CopyRequest request) throws IOException {
        var manifest = new ReadManifest();
        for (CopySource source : request.sources()) {
            switch (source) {
                case CopySource.InTree inTree -> {
                    for (SourceMatch match : SourceMatch.find(inTree, request.rules())) {
                        manifest.add(match.files(), match.entry());
                    }
                }
                case CopySource.OneFile one -> {
                    SourceMatch match = SourceMatch.of(one);
                    manifest.add(match.files(), match.entry());
                }
                case CopySource.Inline _ -> {}
            }
        }
        return manifest;
    }

    private static void reads(List<SourceMatch> matches, List<SourceRead> reads) throws IOException {
        for (SourceMatch match : matches) {
            LayerEntry entry = match.entry();
            reads.add(new SourceRead(
                    match.path(),
                    entry.isDirectory()
                            ? ContentDigests.ofSubtree(match.files(), entry)
                            : ContentDigests.ofEntry(match.files(), entry)));
        }
    }
}
