package dev.jbuild.dockerfile.antlr;

import java.util.ArrayDeque;
import java.util.Queue;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/// What the lexer of lines remembers: how far down the file it is, which instruction it is in, and which
/// here-documents are still to come.
abstract class LineLexer extends Lexer {
    /// Deeper JSON than this is no command line; the limit keeps the parser's stack small.
    private static final int MAX_NESTING = 8;

    /// One trigger inside another is an error already; the limit keeps the parser's stack small.
    private static final int MAX_TRIGGERS = 4;

    private final JoinedLines lines;
    private final Queue<HeredocOpening> heredocs = new ArrayDeque<>();
    private boolean top = true;
    private boolean shebang;
    private int previous = DockerfileLexer.NEWLINE;
    private int keyword;
    private int nesting;
    private int triggers;

    LineLexer(CharStream input) {
        super(input);
        lines = (JoinedLines) input;
    }

    boolean atFileStart() {
        return _tokenStartCharIndex == 0;
    }

    boolean atLineStart() {
        return previous == DockerfileLexer.NEWLINE || previous == DockerfileLexer.HEREDOC_END;
    }

    boolean directiveAllowed() {
        return top;
    }

    boolean escapeAllowed() {
        return top && !shebang;
    }

    void chooseEscape() {
        var value = getText();
        if (value.equals("`") || value.equals("\\")) {
            lines.escape(value.charAt(0));
        }
    }

    /// Whether the character just read is the escape character of the file.
    boolean escapes() {
        return lines.LA(-1) == lines.escape();
    }

    boolean heredocAllowed() {
        var before = lines.character(_tokenStartCharIndex - 1);
        return (keyword == DockerfileLexer.RUN || keyword == DockerfileLexer.COPY || keyword == DockerfileLexer.ADD)
                && (before == ' ' || before == '\t');
    }

    void nest() {
        if (++nesting > MAX_NESTING) {
            setType(DockerfileLexer.SPECIAL);
        }
    }

    void unnest() {
        nesting--;
    }

    @Override
    public Token emit() {
        if (_mode == DockerfileLexer.HEREDOC_BODY) {
            endHeredoc();
        } else if (_type == DockerfileLexer.ONBUILD && ++triggers > MAX_TRIGGERS) {
            setType(DockerfileLexer.UNKNOWN);
            popMode();
            mode(DockerfileLexer.LINE);
            pushMode(DockerfileLexer.FLAGS);
        } else if (_type >= DockerfileLexer.FROM && _type <= DockerfileLexer.UNKNOWN) {
            keyword = _type;
        }
        var token = super.emit();
        track(token);
        return token;
    }

    private void endHeredoc() {
        if (heredocs.element().endsAt(getText())) {
            setType(DockerfileLexer.HEREDOC_END);
            heredocs.remove();
            if (heredocs.isEmpty()) {
                popMode();
                lines.readVerbatim(false);
            }
        }
    }

    private void track(Token token) {
        var type = token.getType();
        switch (type) {
            case DockerfileLexer.HEREDOC -> heredocs.add(HeredocOpening.of(token.getText()));
            case DockerfileLexer.SHEBANG -> shebang = true;
            case DockerfileLexer.NEWLINE -> endLine();
            case DockerfileLexer.SYNTAX,
                    DockerfileLexer.CHECK,
                    DockerfileLexer.ESCAPE,
                    DockerfileLexer.DIRECTIVE_VALUE -> {}
            default -> top = false;
        }
        previous = type;
    }

    private void endLine() {
        nesting = 0;
        triggers = 0;
        if (previous != DockerfileLexer.DIRECTIVE_VALUE && previous != DockerfileLexer.SHEBANG) {
            top = false;
        }
        if (!heredocs.isEmpty()) {
            pushMode(DockerfileLexer.HEREDOC_BODY);
            lines.readVerbatim(true);
        }
    }
}
