package dev.jbuild.graph;

import dev.jbuild.dockerfile.SourceRange;
import org.jspecify.annotations.Nullable;

/// How people see a vertex.
///
/// @param name for example `[build 2/3] RUN make`
/// @param range the instruction in the Dockerfile; null for work that no instruction asked for
/// @param fresh run although a result may be known
public record Label(String name, @Nullable SourceRange range, boolean fresh) {}
