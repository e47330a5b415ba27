package dev.jbuild.debug;

import java.nio.file.Path;

/// What can be looked at.
public sealed interface View {
    /// How one file is read.
    record Ast(Path file, Format format) implements View {}

    /// How many small files are read.
    ///
    /// @param cases objects with `dockerfile`, one a line
    record AstCases(Path cases) implements View {}

    /// How words are expanded.
    ///
    /// @param cases objects with `word` and how to expand it, one a line
    record WordCases(Path cases) implements View {}

    /// What patterns of ignore files match.
    ///
    /// @param cases objects with `patterns` and what to match, one a line
    record IgnoreCases(Path cases) implements View {}

    /// How a tree is printed.
    enum Format {
        /// S-expressions of what is written.
        DUMP,
        /// Everything that is known of the file.
        JSON
    }
}
