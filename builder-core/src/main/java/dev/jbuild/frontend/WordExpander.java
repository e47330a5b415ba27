package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.dockerfile.Word.Substitution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives words their values: variables are replaced, quotes and escapes taken off. A value that comes out of a
/// variable is not read again: quotes and `$` in it are text.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment replacement</a>
final class WordExpander {
    /// A value this long comes from variables that double one another; nothing real is near it.
    private static final int MAX_LENGTH = 1 << 20;

    private final Scope scope;

    WordExpander(Scope scope) {
        this.scope = scope;
    }

    /// {@return the one value of a word, blanks in variables kept}
    ///
    /// @throws ExpansionException when the word has no value
    String expand(Word word) {
        var out = new StringBuilder();
        append(word.parts(), out, word.range());
        return out.toString();
    }

    /// {@return the values of a word whose unquoted variables may hold several, separated by blanks}
    ///
    /// @throws ExpansionException when the word has no value
    List<String> expandToWords(Word word) {
        var words = new WordList();
        for (Word.Part part : word.parts()) {
            switch (part) {
                case Word.Literal(String text) -> words.append(text);
                case Word.Escaped escaped -> words.append(escaped.text());
                case Word.Quoted quoted -> {
                    var inside = new StringBuilder();
                    append(quoted.parts(), inside, word.range());
                    words.append(inside.toString());
                }
                case Word.Variable variable -> words.appendSplit(value(variable));
            }
        }
        return words.finish();
    }

    private void append(List<Word.Part> parts, StringBuilder out, SourceRange range) {
        for (Word.Part part : parts) {
            switch (part) {
                case Word.Literal(String text) -> out.append(text);
                case Word.Escaped escaped -> out.append(escaped.text());
                case Word.Quoted quoted -> append(quoted.parts(), out, range);
                case Word.Variable variable -> out.append(value(variable));
            }
            if (out.length() > MAX_LENGTH) {
                throw new ExpansionException(
                        range, "the value of this word is longer than " + MAX_LENGTH + " characters");
            }
        }
    }

    private String value(Word.Variable variable) {
        @Nullable String value = scope.value(variable.name());
        return switch (variable.substitution()) {
            case null -> orEmpty(value);
            case Substitution.Default(boolean orEmpty, Word word) ->
                isSet(value, orEmpty) ? orEmpty(value) : expand(word);
            case Substitution.Alternative(boolean orEmpty, Word word) -> isSet(value, orEmpty) ? expand(word) : "";
            case Substitution.Required(boolean orEmpty, Word word) -> {
                if (!isSet(value, orEmpty)) {
                    throw missing(variable, word, orEmpty);
                }
                yield orEmpty(value);
            }
            case Substitution.RemovePrefix(boolean longest, Word pattern) ->
                ShellPattern.of(patternText(pattern)).withoutPrefix(orEmpty(value), longest);
            case Substitution.RemoveSuffix(boolean longest, Word pattern) ->
                ShellPattern.of(patternText(pattern)).withoutSuffix(orEmpty(value), longest);
            case Substitution.Replace(boolean all, Word pattern, Word replacement) ->
                ShellPattern.of(patternText(pattern)).replace(orEmpty(value), expand(replacement), all);
        };
    }

    private ExpansionException missing(Word.Variable variable, Word reason, boolean emptyToo) {
        String given = expand(reason);
        String unset = emptyToo ? "is not allowed to be empty" : "is not allowed to be unset";
        return new ExpansionException(variable.range(), variable.name() + ": " + (given.isEmpty() ? unset : given));
    }

    /// The text of a pattern: variables replaced, quotes taken off, escapes kept for [ShellPattern] to read.
    private String patternText(Word pattern) {
        var out = new StringBuilder();
        appendPattern(pattern.parts(), out);
        return out.toString();
    }

    private void appendPattern(List<Word.Part> parts, StringBuilder out) {
        for (Word.Part part : parts) {
            switch (part) {
                case Word.Literal(String text) -> out.append(text);
                case Word.Escaped escaped -> out.append('\\').append(escaped.text());
                case Word.Quoted quoted -> appendPattern(quoted.parts(), out);
                case Word.Variable variable -> out.append(value(variable));
            }
        }
    }

    private static boolean isSet(@Nullable String value, boolean emptyIsUnset) {
        return value != null && !(emptyIsUnset && value.isEmpty());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// Words as they grow, one character run at a time.
    private static final class WordList {
        private final List<String> words = new ArrayList<>();
        private @Nullable StringBuilder current;

        void append(String text) {
            if (current == null) {
                current = new StringBuilder();
            }
            current.append(text);
        }

        void appendSplit(String value) {
            for (int i = 0; i < value.length(); i++) {
                if (Character.isWhitespace(value.charAt(i))) {
                    endWord();
                } else {
                    append(value.substring(i, i + 1));
                }
            }
        }

        List<String> finish() {
            endWord();
            return words;
        }

        private void endWord() {
            if (current != null) {
                words.add(current.toString());
                current = null;
            }
        }
    }
}
