package dev.jbuild.frontend;

import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.UnknownFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a stage hands to one that begins with it, and to the image when it is the target.
///
/// @param root its result is the root file system; null while there are no files
/// @param variables owned by this plan: copy before changing
record StagePlan(
        @Nullable Vertex root,
        Platform platform,
        @Nullable String author,
        ContainerConfig container,
        List<HistoryLine> history,
        UnknownFields unknown,
        StageVariables variables) {
    StagePlan {
        history = List.copyOf(history);
    }

    ImageDraft image(@Nullable Instant epoch) {
        return new ImageDraft(platform, author, container, history, epoch, unknown);
    }
}
