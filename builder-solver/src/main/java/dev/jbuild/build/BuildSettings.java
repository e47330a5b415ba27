package dev.jbuild.build;

import dev.jbuild.event.BuildListener;
import dev.jbuild.registry.RegistryMirrors;
import java.nio.file.Path;

/// What a build runs with, independent of what is built.
///
/// @param stateDirectory where everything between builds is kept
/// @param mirrors which hosts to ask instead of a registry
/// @param listener told what happens
public record BuildSettings(Path stateDirectory, RegistryMirrors mirrors, BuildListener listener) {}
