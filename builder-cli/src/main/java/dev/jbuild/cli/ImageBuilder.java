package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildResult;
import dev.jbuild.event.BuildListener;
import dev.jbuild.registry.RegistryMirrors;
import java.io.IOException;
import java.nio.file.Path;

/// What carries out a request. Tests of the command put something quicker in its place.
@FunctionalInterface
interface ImageBuilder {
    /// Builds an image.
    ///
    /// @param stateDirectory where everything between builds is kept
    /// @param mirrors which places to ask instead of a registry
    BuildResult build(BuildRequest request, Path stateDirectory, RegistryMirrors mirrors, BuildListener listener)
            throws IOException, InterruptedException;
}
