package dev.jbuild.dockerfile;

import org.jspecify.annotations.Nullable;

/// One thing wrong with a Dockerfile, at one place, with what to do about it.
///
/// @param rule stable kebab-case name
/// @param message what is wrong, lower case, no full stop, naming the offending text
/// @param help what to write instead; null when the message already says it
public record Diagnostic(
        Severity severity,
        String rule,
        SourceRange range,
        String message,
        @Nullable String help) {

    /// How bad it is.
    public enum Severity {
        /// The file cannot be built.
        ERROR,
        /// The file can be built, but probably does not mean what it says.
        WARNING
    }

    /// Returns an error.
    public static Diagnostic error(String rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.ERROR, rule, range, message, help);
    }

    /// Returns a warning.
    public static Diagnostic warning(String rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.WARNING, rule, range, message, help);
    }

    /// Returns place, message, the line it stands on with a mark under the offending text, and the help,
    /// each line ended by a line feed. Control characters are shown as `U+FFFD`, so a hostile file cannot
    /// send commands to the terminal.
    public String render(SourceFile source) {
        return new Excerpt(source).render(this);
    }
}
