package dev.jbuild.dockerfile.antlr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a line at its blanks as the builder, not a shell, does: to find here-documents, whose openings stand in
/// text that is the shell's own. Quotes hold words together, `$name` and `${name...}` stay as they are, and the
/// escape character is `\` whatever the file chose.
final class ShellWords {
    /// Deeper than anybody writes `${a:-${b:-...}}`; the limit keeps the stack small.
    private static final int MAX_NESTING = 64;

    private static final int END = -1;

    /// A word and where in the line it begins.
    record Word(String text, int start) {}

    private final String line;
    private final boolean keepQuotes;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean keepEscapes;
    private int at;
    private int wordStart;
    private int nesting;

    private ShellWords(String line, boolean keepQuotes, boolean keepEscapes) {
        this.line = line;
        this.keepQuotes = keepQuotes;
        this.keepEscapes = keepEscapes;
    }

    /// Returns the words, or null when a quote or brace is not closed or a substitution is none.
    static @Nullable List<Word> split(String line, boolean keepQuotes, boolean keepEscapes) {
        var reader = new ShellWords(line, keepQuotes, keepEscapes);
        if (!reader.readLine()) {
            return null;
        }
        reader.endWord();
        return reader.words;
    }

    private boolean readLine() {
        var piece = new StringBuilder();
        while (at < line.length()) {
            var start = at;
            var first = line.charAt(at);
            piece.setLength(0);
            if (!readPiece(piece)) {
                return false;
            }
            if (first == '"' || first == '\'' || first == '<' || first == '\\') {
                append(piece, start);
            } else {
                appendSplit(piece, start);
            }
        }
        return true;
    }

    private void append(CharSequence text, int start) {
        if (word.isEmpty()) {
            wordStart = start;
        }
        word.append(text);
    }

    private void appendSplit(CharSequence text, int start) {
        for (var i = 0; i < text.length(); i++) {
            if (Blanks.isBlank(text.charAt(i))) {
                endWord();
            } else {
                append(text.subSequence(i, i + 1), start);
            }
        }
    }

    private void endWord() {
        if (!word.isEmpty()) {
            words.add(new Word(word.toString(), wordStart));
            word.setLength(0);
        }
    }

    /// Reads one character, or the quote, variable or escape that begins with it.
    private boolean readPiece(StringBuilder out) {
        var first = line.charAt(at++);
        return switch (first) {
            case '$' -> readVariable(out);
            case '\'' -> readSingleQuoted(out);
            case '"' -> readDoubleQuoted(out);
            case '<' -> readPossibleOpening(out);
            case '\\' -> readEscaped(out);
            default -> append(first, out);
        };
    }

    private boolean readEscaped(StringBuilder out) {
        if (keepEscapes) {
            out.append('\\');
        }
        if (at < line.length()) {
            out.appendCodePoint(next());
        }
        return true;
    }

    /// Blanks behind `<<` belong to the word.
    private boolean readPossibleOpening(StringBuilder out) {
        out.append('<');
        if (peek() != '<') {
            return true;
        }
        out.append((char) next());
        while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
            out.append((char) next());
        }
        return true;
    }

    private boolean readSingleQuoted(StringBuilder out) {
        var end = line.indexOf('\'', at);
        if (end < 0) {
            return false;
        }
        appendQuote('\'', out);
        out.append(line, at, end);
        appendQuote('\'', out);
        at = end + 1;
        return true;
    }

    private boolean readDoubleQuoted(StringBuilder out) {
        appendQuote('"', out);
        while (at < line.length()) {
            var c = line.charAt(at++);
            if (c == '"') {
                appendQuote('"', out);
                return true;
            }
            if (c == '$') {
                if (!readVariable(out)) {
                    return false;
                }
                continue;
            }
            if (c == '\\') {
                if (keepEscapes) {
                    out.append(c);
                }
                if (peek() == '"' || peek() == '$' || peek() == '\\') {
                    c = (char) next();
                }
            }
            out.append(c);
        }
        return false;
    }

    private void appendQuote(char quote, StringBuilder out) {
        if (keepQuotes) {
            out.append(quote);
        }
    }

    private boolean readVariable(StringBuilder out) {
        out.append('$');
        if (peek() != '{') {
            readName(out);
            return true;
        }
        out.append((char) next());
        if (peek() == END || peek() == '{' || peek() == '}' || peek() == ':') {
            return false;
        }
        readName(out);
        var operator = next();
        return switch (operator) {
            case '}' -> append('}', out);
            case '/' -> readReplacement(out);
            case ':' -> append(':', out) && readColonOperand(out);
            case '+', '-', '?' -> readOperand(operator, false, out);
            case '#', '%' -> readOperand(operator, true, out);
            default -> false;
        };
    }

    private boolean readColonOperand(StringBuilder out) {
        var operator = next();
        return operator != END && operator != '#' && operator != '%' && readOperand(operator, false, out);
    }

    private boolean readOperand(int operator, boolean pattern, StringBuilder out) {
        out.appendCodePoint(operator);
        return readUntil('}', pattern, out) && append('}', out);
    }

    private boolean readReplacement(StringBuilder out) {
        if (peek() == '/') {
            at++;
        }
        out.append('/');
        return readUntil('/', true, out) && append('/', out) && readUntil('}', true, out) && append('}', out);
    }

    private static boolean append(char c, StringBuilder out) {
        out.append(c);
        return true;
    }

    private boolean readUntil(char end, boolean escapesKept, StringBuilder out) {
        // What stands directly before a substitution is lost, as it is in BuildKit.
        word.setLength(0);
        if (++nesting > MAX_NESTING) {
            return false;
        }
        var before = keepEscapes;
        keepEscapes = escapesKept;
        var closed = false;
        while (!closed && at < line.length()) {
            closed = line.charAt(at) == end;
            if (closed) {
                at++;
            } else if (!readPiece(out)) {
                return false;
            }
        }
        keepEscapes = before;
        nesting--;
        return closed;
    }

    private void readName(StringBuilder out) {
        if ("@*#?-$!0".indexOf(peek()) >= 0 && peek() != '0') {
            out.append((char) next());
            return;
        }
        if (Character.isDigit(peek())) {
            while (Character.isDigit(peek())) {
                out.appendCodePoint(next());
            }
            return;
        }
        while (Character.isLetter(peek()) || Character.isDigit(peek()) || peek() == '_') {
            out.appendCodePoint(next());
        }
    }

    private int peek() {
        return at < line.length() ? line.codePointAt(at) : END;
    }

    private int next() {
        var character = peek();
        at += character == END ? 0 : Character.charCount(character);
        return character;
    }
}
