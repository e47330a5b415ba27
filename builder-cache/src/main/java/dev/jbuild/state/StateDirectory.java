package dev.jbuild.state;

import java.nio.file.Path;

/// The directory that holds everything jbuild keeps between builds.
public record StateDirectory(Path root) {}
