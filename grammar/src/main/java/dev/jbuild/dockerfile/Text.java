package dev.jbuild.dockerfile;

/// A piece of an instruction in which nothing is ever expanded.
///
/// @param value quotes and escapes taken off where the language does so
public record Text(String value, SourceRange range) {}
