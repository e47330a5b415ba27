package dev.jbuild.dockerfile.antlr;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;

/// What the lexer of words is told: the escape character, and whether the text is a here-document.
abstract class EscapingLexer extends Lexer {
    /// Nobody writes `${a:-${b:-...}}` deeper than this by hand; the limit keeps the parser's stack small.
    private static final int MAX_NESTING = 64;

    private char escape = '\\';
    private boolean body;

    EscapingLexer(CharStream input) {
        super(input);
    }

    /// Starts on another word.
    ///
    /// @param escapeCharacter `\` or a backquote
    /// @param heredoc whether quotes are text, as in the body of a here-document
    public final void read(CharStream input, char escapeCharacter, boolean heredoc) {
        escape = escapeCharacter;
        body = heredoc;
        setInputStream(input);
    }

    /// Whether the character just read takes the meaning off the next.
    boolean escapes() {
        if (_input.LA(-1) != escape) {
            return false;
        }
        var next = _input.LA(1);
        return !body || next == '$' || next == escape || (next == '}' && _mode == WordLexer.OPERAND);
    }

    boolean escapesInQuotes() {
        var next = _input.LA(1);
        return _input.LA(-1) == escape && (next == '"' || next == '$' || next == escape);
    }

    boolean quotes() {
        return !body;
    }

    @Override
    public void pushMode(int mode) {
        if (_modeStack.size() >= MAX_NESTING) {
            throw new NestingException(_tokenStartCharIndex);
        }
        super.pushMode(mode);
    }
}
