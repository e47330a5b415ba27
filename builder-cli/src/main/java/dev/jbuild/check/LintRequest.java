package dev.jbuild.check;

/// What is to be checked, and how the findings are printed.
///
/// @param ignoreStatus whether findings are no failure
public record LintRequest(Subject subject, Format format, boolean ignoreStatus) {
    /// How findings are printed.
    public enum Format {
        /// For people.
        TEXT,
        /// For tools, with the keys of BuildKit.
        JSON,
        /// Workflow commands, which GitHub shows beside the lines of a change.
        GITHUB
    }
}
