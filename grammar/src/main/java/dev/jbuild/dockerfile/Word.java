package dev.jbuild.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A word in which variables are expanded and quotes are taken off, as written.
///
/// In the operand of [Substitution.RemovePrefix], [Substitution.RemoveSuffix] and
/// [Substitution.Replace] an escape keeps its escape character ([Escaped#escape()] before
/// [Escaped#text()]), because there it belongs to the pattern.
///
/// @param parts in order; none for an empty word
/// @param text the source of the word, quotes and escapes included
public record Word(List<Part> parts, String text, SourceRange range) {
    public Word {
        parts = List.copyOf(parts);
    }

    /// Returns the word that `text` is when nothing in it is a blank to split at.
    ///
    /// @param escape the character that takes the meaning off the next one: `\` or a backquote
    /// @throws DockerfileException if a quote or a `${` is not closed, or a substitution is none of ours
    public static Word parse(String text, char escape) {
        return WordReader.parse(text, escape);
    }

    /// Returns the text of a word in which nothing is to be expanded or taken off, or null if there is such.
    public @Nullable String literal() {
        if (parts.isEmpty()) {
            return "";
        }
        return parts.size() == 1 && parts.getFirst() instanceof Literal(String value) ? value : null;
    }

    /// A piece of a word.
    public sealed interface Part {}

    /// Text outside quotes, or a stretch of a [Quoted] part, that stands for itself.
    public record Literal(String text) implements Part {}

    /// A character whose meaning was taken off: `\$`, `\ `, and inside double quotes only `\"`, `\$` and `\\`.
    ///
    /// @param escape the escape character
    /// @param text the one character after it; empty when the escape ends the word, where it is dropped
    public record Escaped(char escape, String text) implements Part {}

    /// Text in quotes: never split into several words, a wildcard in it is still one.
    ///
    /// @param mark `'`, which holds at most one [Literal], or `"`
    public record Quoted(char mark, List<Part> parts) implements Part {
        public Quoted {
            parts = List.copyOf(parts);
        }
    }

    /// `$name` or `${name...}`.
    ///
    /// @param name letters, digits and `_`; digits alone; or one of `@*#?-$!`
    /// @param braced whether it is written with braces
    /// @param substitution what is done to the value; null for the plain value
    public record Variable(
            String name, boolean braced, @Nullable Substitution substitution, SourceRange range) implements Part {}

    /// What stands between the name and the closing brace of `${...}`.
    public sealed interface Substitution {
        /// `-` and `:-`: `word` if the variable is unset.
        ///
        /// @param orEmpty with the colon: also if it is empty
        record Default(boolean orEmpty, Word word) implements Substitution {}

        /// `+` and `:+`: `word` if the variable is set, otherwise nothing.
        ///
        /// @param orEmpty with the colon: an empty variable counts as unset
        record Alternative(boolean orEmpty, Word word) implements Substitution {}

        /// `?` and `:?`: an error that says `word` if the variable is unset.
        ///
        /// @param orEmpty with the colon: also if it is empty
        record Required(boolean orEmpty, Word word) implements Substitution {}

        /// `#` and `##`: the value without the shortest or longest start that `pattern` matches.
        record RemovePrefix(boolean longest, Word pattern) implements Substitution {}

        /// `%` and `%%`: the value without the shortest or longest end that `pattern` matches.
        record RemoveSuffix(boolean longest, Word pattern) implements Substitution {}

        /// `/` and `//`: the value with the first match, or every match, of `pattern` replaced.
        record Replace(boolean all, Word pattern, Word replacement) implements Substitution {}
    }
}
