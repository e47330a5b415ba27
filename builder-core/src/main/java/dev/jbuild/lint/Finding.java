package dev.jbuild.lint;

import dev.jbuild.dockerfile.SourceRange;

/// One place that breaks a rule.
///
/// @param range the instruction
/// @param detail what is wrong there
public record Finding(Rule rule, SourceRange range, String detail) {

    /// The finding in one line, as a build shows it.
    public String summary() {
        return rule.title() + ": " + detail + " (line " + range.startLine() + ")";
    }
}
