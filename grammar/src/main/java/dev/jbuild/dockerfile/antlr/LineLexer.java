package dev.jbuild.dockerfile.antlr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/// What the lexer of lines remembers: how far down the file it is, which instruction it is in, and which
/// here-documents are still to come.
public abstract class LineLexer extends Lexer {
    /// One trigger inside another is an error already; the limit keeps the parser's stack small.
    private static final int MAX_TRIGGERS = 64;

    private final JoinedLines lines;
    private final Queue<HeredocOpening> heredocs = new ArrayDeque<>();
    private final List<Integer> brokenHeredocs = new ArrayList<>();
    private boolean top = true;
    private int previous = DockerfileLexer.NEWLINE;
    private int keyword;
    private int triggers;
    private boolean array;

    LineLexer(CharStream input) {
        super(input);
        lines = (JoinedLines) input;
    }

    /// Returns the indexes of the lines that hold a word which begins like the opening of a here-document and
    /// cannot be read.
    public List<Integer> brokenHeredocs() {
        return brokenHeredocs;
    }

    /// Returns whether a here-document is still open.
    public boolean endsInHeredoc() {
        return !heredocs.isEmpty();
    }

    boolean atLineStart() {
        return previous == DockerfileLexer.NEWLINE || previous == DockerfileLexer.HEREDOC_END;
    }

    boolean directiveAllowed() {
        return top && lines.LA(1) != '\n';
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

    void endFlagsAtDashes() {
        var dashes = _tokenStartCharIndex;
        while (lines.character(dashes) != '-') {
            dashes++;
        }
        if (!atWideBlank()
                && FlagText.unquoted(lines.slice(dashes, lines.index()))
                        .toString()
                        .equals("--")) {
            setType(DockerfileLexer.FLAGS_END);
            mode(DockerfileLexer.NO_FLAGS);
        }
    }

    /// Whether one of the blanks that have two bytes comes next.
    boolean atWideBlank() {
        return lines.LA(1) == 0x85 || lines.LA(1) == 0xA0;
    }

    /// After the flags: an array in JSON where there may be one, or what the keyword chose.
    void startArguments() {
        popMode();
        if ((_mode == DockerfileLexer.COMMAND || _mode == DockerfileLexer.PATHS) && lines.LA(1) == '[') {
            var found = JsonArray.read(lines, lines.index(), lines.lineEnd());
            if (found.kind() != JsonArray.Kind.INVALID) {
                array = true;
                var strings = found.kind() == JsonArray.Kind.STRINGS;
                mode(strings ? DockerfileLexer.EXEC : DockerfileLexer.OTHER_ARRAY);
            }
        }
    }

    void markHeredoc() {
        if (keyword != DockerfileLexer.VOLUME && HeredocOpening.of(getText()) != null) {
            setType(DockerfileLexer.HEREDOC);
        }
    }

    void markName() {
        if (getText().indexOf('=') < 0) {
            setType(DockerfileLexer.NAME);
        }
    }

    /// Text that reaches to the end of its line is most of a file; its rules need not look at each character.
    @Override
    public Token nextToken() {
        var first = lines.LA(1);
        var opaque = _mode == DockerfileLexer.COMMAND || _mode == DockerfileLexer.LINE;
        if (!opaque || first == '\n' || first == EOF) {
            return super.nextToken();
        }
        _token = null;
        _text = null;
        _channel = Token.DEFAULT_CHANNEL;
        _type = DockerfileLexer.TEXT;
        _tokenStartCharIndex = lines.index();
        lines.seek(lines.lineEnd());
        return emit();
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
        switch (previous) {
            case DockerfileLexer.SYNTAX,
                    DockerfileLexer.CHECK,
                    DockerfileLexer.ESCAPE,
                    DockerfileLexer.DIRECTIVE_VALUE -> {}
            default -> top = false;
        }
        if (holdsHeredocs()) {
            startHeredocs();
        }
        triggers = 0;
        keyword = 0;
        array = false;
    }

    private boolean holdsHeredocs() {
        return !array
                && triggers <= 1
                && (keyword == DockerfileLexer.RUN
                        || keyword == DockerfileLexer.COPY
                        || keyword == DockerfileLexer.ADD);
    }

    private void startHeredocs() {
        var line = lines.lineBefore(lines.index());
        var text = lines.text(line.start(), lines.index() - 1) + line.trailing();
        var openings = HeredocOpening.in(text);
        if (openings == null) {
            brokenHeredocs.add(line.start());
        } else if (!openings.isEmpty()) {
            openings.forEach(each -> heredocs.add(each.opening()));
            pushMode(DockerfileLexer.HEREDOC_BODY);
            lines.readVerbatim(true);
        }
    }
}
