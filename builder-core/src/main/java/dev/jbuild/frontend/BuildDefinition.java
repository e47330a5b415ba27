package dev.jbuild.frontend;

import dev.jbuild.graph.Vertex;
import org.jspecify.annotations.Nullable;

/// A Dockerfile, planned: what to do for its root file system, and what its image says beside it.
///
/// @param root its result is the image's root file system; null for an image without files
public record BuildDefinition(@Nullable Vertex root, ImageDraft image) {}
