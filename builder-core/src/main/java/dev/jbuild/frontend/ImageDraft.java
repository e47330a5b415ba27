package dev.jbuild.frontend;

import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.UnknownFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image config without what only the finished layers tell: diff IDs and times.
///
/// @param author of MAINTAINER or of the base image
/// @param epoch what no time in the config is later than; null when any may be
/// @param unknown fields of the base image's config that nobody here knows
public record ImageDraft(
        Platform platform,
        @Nullable String author,
        ContainerConfig container,
        List<HistoryLine> history,
        @Nullable Instant epoch,
        UnknownFields unknown) {
    public ImageDraft {
        history = List.copyOf(history);
    }
}
