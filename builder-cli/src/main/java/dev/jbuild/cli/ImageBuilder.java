package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildResult;
import dev.jbuild.event.BuildListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What carries out a request. Tests of the command put something quicker in its place.
@FunctionalInterface
interface ImageBuilder {
    /// Builds an image.
    ///
    /// @param stateDirectory where everything between builds is kept
    /// @param mirrors as typed, `HOST=URL`
    BuildResult build(BuildRequest request, Path stateDirectory, List<String> mirrors, BuildListener listener)
            throws IOException, InterruptedException;
}
