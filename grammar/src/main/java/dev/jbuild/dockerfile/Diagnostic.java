package dev.jbuild.dockerfile;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// One thing wrong with a Dockerfile, at one place, with what to do about it.
///
/// @param rule stable kebab-case name
/// @param phase how early it is seen
/// @param message what is wrong, lower case, no full stop, naming the offending text
/// @param help what to write instead; null when the message already says it
public record Diagnostic(
        Severity severity,
        String rule,
        Phase phase,
        SourceRange range,
        String message,
        @Nullable String help) {

    /// The order of the file.
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.<Diagnostic>comparingInt(
                    each -> each.range().startLine())
            .thenComparingInt(each -> each.range().startColumn());

    /// How bad it is.
    public enum Severity {
        /// The file cannot be built.
        ERROR,
        /// The file can be built, but probably does not mean what it says.
        WARNING
    }

    /// How much of a file has to be understood to see that something is wrong. All that is wrong is reported together;
    /// other front ends stop after the first phase that finds something.
    public enum Phase {
        /// The file cannot be taken apart into instructions and their arguments.
        SYNTAX,
        /// One instruction, looked at alone, is not as its kind must be.
        INSTRUCTION,
        /// The instructions are in order, but cannot be carried out together or with their values.
        MEANING
    }

    /// Returns an error in what a file means.
    public static Diagnostic error(String rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.ERROR, rule, Phase.MEANING, range, message, help);
    }

    /// Returns a warning about what a file means.
    public static Diagnostic warning(String rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.WARNING, rule, Phase.MEANING, range, message, help);
    }

    static Diagnostic error(Rule rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.ERROR, rule.id(), rule.phase(), range, message, help);
    }

    static Diagnostic warning(Rule rule, SourceRange range, String message, @Nullable String help) {
        return new Diagnostic(Severity.WARNING, rule.id(), rule.phase(), range, message, help);
    }

    /// Returns place, message, the line it stands on with a mark under the offending text, and the help,
    /// each line ended by a line feed. Control characters are shown as `U+FFFD`, so a hostile file cannot
    /// send commands to the terminal.
    public String render(SourceFile source) {
        return new Excerpt(source).render(this);
    }
}
