package dev.jbuild.dockerfile;

import org.jspecify.annotations.Nullable;

/// The `# name=value` lines at the top of a file.
///
/// @param escape `\` or a backquote: what joins lines and takes the meaning off a character
/// @param syntax the frontend image the file asks for
/// @param check options of the build checks
public record Directives(
        char escape, @Nullable Text syntax, @Nullable Text check) {}
