package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.dockerfile.Word.Substitution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives words their values: variables are replaced, quotes and escapes taken off. A value that comes out of a
/// variable is not read again: quotes and `$` in it are text.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment replacement</a>
public final class WordExpander {
    /// A value this long comes from variables that double one another; nothing real is near it.
    static final int MAX_LENGTH = 1 << 20;

    private final Scope scope;
    private final boolean keepsQuotes;
    private final boolean keepsUnset;
    private @Nullable WordSplitter splitter;

    /// @param scope what variables mean
    public WordExpander(Scope scope) {
        this(scope, false, false);
    }

    /// An expander of text that somebody else reads again.
    ///
    /// @param keepsQuotes whether quotes stay
    /// @param keepsUnset whether variables that are not set stay as they are
    public WordExpander(Scope scope, boolean keepsQuotes, boolean keepsUnset) {
        this.scope = scope;
        this.keepsQuotes = keepsQuotes;
        this.keepsUnset = keepsUnset;
    }

    /// {@return the text that a word comes to, whatever characters it has}
    ///
    /// @throws ExpansionException when the word has no value
    public String expandText(Word word) {
        var out = new StringBuilder();
        append(word.parts(), out, word.range());
        return out.toString();
    }

    /// {@return the one value of a word, blanks in variables kept}
    ///
    /// @throws ExpansionException when the word has no value that a name or a variable can have
    public String expand(Word word) {
        String value = expandText(word);
        if (value.indexOf('\0') >= 0) {
            throw new ExpansionException(word.range(), "a NUL character, which no file name and no variable can hold");
        }
        return value;
    }

    /// {@return the values of a word whose unquoted blanks, also those of variables, part them}
    ///
    /// @throws ExpansionException when the word has no value
    public List<String> expandToWords(Word word) {
        var words = new WordSplitter();
        splitter = words;
        for (Word.Part part : word.parts()) {
            switch (part) {
                case Word.Literal(String text) -> words.appendText(text);
                case Word.Escaped escaped -> words.append(escaped.text());
                case Word.Quoted quoted -> {
                    var inside = new StringBuilder();
                    append(List.of(quoted), inside, word.range());
                    words.append(inside.toString());
                }
                case Word.Variable variable -> words.appendSplit(value(variable));
            }
        }
        splitter = null;
        return words.finish();
    }

    private void append(List<Word.Part> parts, StringBuilder out, SourceRange range) {
        for (Word.Part part : parts) {
            switch (part) {
                case Word.Literal(String text) -> out.append(text);
                case Word.Escaped escaped -> out.append(escaped.text());
                case Word.Quoted quoted -> {
                    appendQuote(quoted, out);
                    append(quoted.parts(), out, range);
                    appendQuote(quoted, out);
                }
                case Word.Variable variable -> out.append(value(variable));
            }
            if (out.length() > MAX_LENGTH) {
                throw tooLong(range);
            }
        }
    }

    static ExpansionException tooLong(SourceRange range) {
        return new ExpansionException(range, "the value of this word is longer than " + MAX_LENGTH + " characters");
    }

    private void appendQuote(Word.Quoted quoted, StringBuilder out) {
        if (keepsQuotes) {
            out.append(quoted.mark());
        }
    }

    private String value(Word.Variable variable) {
        var substitution = variable.substitution();
        if (substitution == null) {
            var value = scope.value(variable.name());
            return value != null ? value : keepsUnset ? written(variable, "") : "";
        }
        if (splitter != null) {
            splitter.forgetUnfinished();
        }
        // The operand is read before it is known whether anybody needs it: what is wrong in it is always wrong.
        return switch (substitution) {
            case Substitution.Default(boolean orEmpty, Word word) -> {
                var operand = expand(word);
                var value = scope.value(variable.name());
                yield kept(variable, value, orEmpty, "-", operand, isSet(value, orEmpty) ? value : operand);
            }
            case Substitution.Alternative(boolean orEmpty, Word word) -> {
                var operand = expand(word);
                var value = scope.value(variable.name());
                yield kept(variable, value, orEmpty, "+", operand, isSet(value, orEmpty) ? operand : "");
            }
            case Substitution.Required(boolean orEmpty, Word word) -> required(variable, orEmpty, expand(word));
            case Substitution.RemovePrefix(boolean longest, Word pattern) ->
                remove(variable, "#", (longest ? "#" : "") + patternText(pattern), pattern.range());
            case Substitution.RemoveSuffix(boolean longest, Word pattern) ->
                remove(variable, "%", (longest ? "%" : "") + patternText(pattern), pattern.range());
            case Substitution.Replace(boolean all, Word pattern, Word replacement) ->
                replace(variable, all, pattern, patternText(pattern), patternText(replacement));
        };
    }

    /// {@return a variable as it was written, if it is unset and such are kept; otherwise what it stands for}
    private String kept(
            Word.Variable variable,
            @Nullable String value,
            boolean colon,
            String operator,
            String operand,
            @Nullable String result) {
        if (value == null && keepsUnset) {
            return written(variable, (colon ? ":" : "") + operator + operand);
        }
        return result == null ? "" : result;
    }

    private static String written(Word.Variable variable, String rest) {
        return variable.braced() ? "${" + variable.name() + rest + "}" : "$" + variable.name();
    }

    private String required(Word.Variable variable, boolean orEmpty, String reason) {
        var value = scope.value(variable.name());
        if (isSet(value, orEmpty) || (value == null && keepsUnset)) {
            return kept(variable, value, orEmpty, "?", reason, value);
        }
        var unset = value == null ? "is not allowed to be unset" : "is not allowed to be empty";
        throw new ExpansionException(variable.range(), variable.name() + ": " + (reason.isEmpty() ? unset : reason));
    }

    /// @param written the pattern, with the operator before it when the longest match is meant
    private String remove(Word.Variable variable, String operator, String written, SourceRange range) {
        var value = scope.value(variable.name());
        if (value == null && keepsUnset) {
            return written(variable, operator + written);
        }
        // The second operator may come out of quotes or a variable, too.
        var longest = written.startsWith(operator);
        var pattern = longest ? written.substring(1) : written;
        return operator.equals("#")
                ? ShellPattern.of(pattern, range).withoutPrefix(orEmpty(value), longest)
                : ShellPattern.withoutSuffix(pattern, range, orEmpty(value), longest);
    }

    private String replace(Word.Variable variable, boolean all, Word word, String pattern, String replacement) {
        var value = scope.value(variable.name());
        if (value == null && keepsUnset) {
            return written(variable, "/" + pattern + "/" + replacement);
        }
        var matcher = ShellPattern.of(pattern, word.range());
        return all
                ? matcher.replaceAll(orEmpty(value), replacement)
                : matcher.replaceFirst(orEmpty(value), replacement);
    }

    /// The text of a pattern: variables replaced, quotes taken off, escapes kept for [ShellPattern] to read.
    private String patternText(Word pattern) {
        var out = new StringBuilder();
        appendPattern(pattern.parts(), out, pattern.range());
        return out.toString();
    }

    private void appendPattern(List<Word.Part> parts, StringBuilder out, SourceRange range) {
        for (Word.Part part : parts) {
            switch (part) {
                case Word.Literal(String text) -> out.append(text);
                case Word.Escaped escaped -> out.append(escaped.escape()).append(escaped.text());
                case Word.Quoted quoted -> {
                    appendQuote(quoted, out);
                    appendPattern(quoted.parts(), out, range);
                    appendQuote(quoted, out);
                }
                case Word.Variable variable -> out.append(value(variable));
            }
            if (out.length() > MAX_LENGTH) {
                throw tooLong(range);
            }
        }
    }

    private static boolean isSet(@Nullable String value, boolean emptyIsUnset) {
        return value != null && !(emptyIsUnset && value.isEmpty());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
