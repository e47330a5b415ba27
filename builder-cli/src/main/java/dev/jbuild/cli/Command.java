package dev.jbuild.cli;

import dev.jbuild.check.DescriptionRequest;
import dev.jbuild.check.LintRequest;
import dev.jbuild.debug.View;

/// What a command line asks for.
sealed interface Command {
    /// Building an image.
    record Build(BuildOptions options) implements Command {}

    /// Checking a Dockerfile.
    record Lint(LintRequest request) implements Command {}

    /// Telling what a Dockerfile offers.
    record Describe(DescriptionRequest request) implements Command {}

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
