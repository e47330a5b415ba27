package dev.jbuild.frontend;

import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.History;

/// One entry of an image's history before its times are known.
public sealed interface HistoryLine {
    /// Copied from the base image.
    record Inherited(History entry) implements HistoryLine {}

    /// An instruction that made a layer.
    ///
    /// @param vertex whose result the layer is
    record Made(String createdBy, Vertex vertex) implements HistoryLine {}

    /// An instruction that only changed the config.
    record Told(String createdBy) implements HistoryLine {}
}
