package dev.jbuild.cli;

import dev.jbuild.check.DescriptionRequest;
import dev.jbuild.check.LintRequest;
import dev.jbuild.debug.View;
import dev.jbuild.store.CheckRequest;
import dev.jbuild.store.DiskUsageRequest;
import dev.jbuild.store.PruneRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command line asks for.
sealed interface Command {
    /// Building an image.
    record Build(BuildOptions options) implements Command {}

    /// Checking a Dockerfile.
    record Lint(LintRequest request) implements Command {}

    /// Telling what a Dockerfile offers.
    record Describe(DescriptionRequest request) implements Command {}

    /// Looking at what the store holds.
    ///
    /// @param root where it is; null means where it usually is
    record DiskUsage(DiskUsageRequest request, @Nullable Path root) implements Command {}

    /// Removing some of the store.
    ///
    /// @param root where it is; null means where it usually is
    record Prune(PruneRequest request, @Nullable Path root) implements Command {}

    /// Looking for damage in the store.
    ///
    /// @param root where it is; null means where it usually is
    record CheckStore(CheckRequest request, @Nullable Path root) implements Command {}

    /// Looking at why the last build did what it did.
    record Explain(ExplainOptions options) implements Command {}

    /// Looking at what jbuild makes of its input.
    record Debug(View view) implements Command {}

    /// Looking at what would be done.
    record Plan(PlanOptions options) implements Command {}

    /// How the command is used.
    ///
    /// @param text what to print
    record Help(String text) implements Command {}

    /// Which jbuild this is.
    record Version() implements Command {}
}
