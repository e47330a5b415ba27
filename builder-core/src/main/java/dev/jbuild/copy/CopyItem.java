package dev.jbuild.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A file or directory of a source, or bytes that stand for one.
sealed interface CopyItem {
    /// What a source has.
    ///
    /// @param unpack whether it is unpacked when it is an archive
    record Found(SourceTree tree, SourceMatch match, boolean unpack) implements CopyItem {}

    /// Bytes of the Dockerfile.
    record Text(CopySource.Inline inline) implements CopyItem {}

    /// {@return what a request copies, in its order}
    ///
    /// @throws CopyException when a source is not there
    static List<CopyItem> of(CopyRequest request) throws IOException {
        var items = new ArrayList<CopyItem>();
        for (CopySource source : request.sources()) {
            switch (source) {
                case CopySource.Inline inline -> items.add(new Text(inline));
                case CopySource.OneFile one -> items.add(new Found(one.tree(), SourceMatch.of(one), one.unpack()));
                case CopySource.InTree inTree -> {
                    for (SourceMatch match : SourceMatch.find(inTree, request.rules())) {
                        items.add(
                                new Found(inTree.tree(), match, request.rules().unpack()));
                    }
                }
            }
        }
        return items;
    }
}
