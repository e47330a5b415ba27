package dev.jbuild.check;

import java.util.Set;

/// What is to be checked, and how the findings are printed.
///
/// @param rules titles of rules that are on beside those of the file, or [dev.jbuild.lint.CheckOptions#ALL_OWN]
/// @param ignoreStatus whether findings are no failure
public record LintRequest(Subject subject, Set<String> rules, Format format, boolean ignoreStatus) {
    /// How findings are printed.
    public enum Format {
        /// For people.
        TEXT,
        /// For tools, with the keys of BuildKit.
        JSON,
        /// Workflow commands, which GitHub shows beside the lines of a change.
        GITHUB,
        /// SARIF 2.1.0, which code scanning services take.
        SARIF
    }

    public LintRequest {
        rules = Set.copyOf(rules);
    }
}
