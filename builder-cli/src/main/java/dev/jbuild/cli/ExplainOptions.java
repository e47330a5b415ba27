package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which build is to be explained, and how.
///
/// @param request names the project; null means the one built last
/// @param json whether a program reads it
/// @param root directory of the local store; null means the usual one
record ExplainOptions(
        @Nullable BuildRequest request,
        boolean json,
        @Nullable Path root) {}
