package dev.jbuild.cli;

import dev.jbuild.debug.PlanView;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of `jbuild debug plan`, as typed.
///
/// @param files Dockerfiles, at least one
/// @param offline whether base images are stubs instead of what registries have
/// @param time whether it is said how long a file took
record PlanOptions(
        List<String> files,
        @Nullable String target,
        @Nullable String platform,
        List<String> buildArguments,
        List<String> registryMirrors,
        @Nullable Path root,
        boolean offline,
        boolean time,
        PlanView.Format format) {}
