package dev.jbuild.dockerfile;

/// A Dockerfile's text and the name it is called by in messages.
///
/// @param name as the user wrote it, for example `Dockerfile`
/// @param text decoded, without a byte order mark
public record SourceFile(String name, String text) {}
