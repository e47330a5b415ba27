package dev.jbuild.explain;

/// What gave a variable its value.
///
/// @param keyword `ARG`, `ENV` or `--build-arg`
/// @param line of the Dockerfile, counted from 1; 0 for an option of the command line
public record Declaration(String keyword, int line) {}
