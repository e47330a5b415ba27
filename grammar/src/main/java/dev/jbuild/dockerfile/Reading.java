package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.JoinedLines;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// A file while it is read: its parse tree, the way from a token back to the file, and what was found wrong so far.
final class Reading {
    private final SourceText source;
    private final JoinedLines lines;
    private final DockerfileParser.DockerfileContext tree;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final WordReader words;

    Reading(SourceFile file) {
        source = new SourceText(file.text());
        lines = new JoinedLines(source.codePoints());
        tree = parse(lines);
        words = new WordReader(source, diagnostics);
        words.escape(lines.escape());
    }

    private static DockerfileParser.DockerfileContext parse(JoinedLines lines) {
        var lexer = new DockerfileLexer(lines);
        lexer.removeErrorListeners();
        var parser = new DockerfileParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return parser.dockerfile();
        } catch (ParseCancellationException refused) {
            throw new IllegalStateException("the grammar has no rule for a line of this file", refused);
        }
    }

    DockerfileParser.DockerfileContext tree() {
        return tree;
    }

    SourceText source() {
        return source;
    }

    char escape() {
        return lines.escape();
    }

    int[] emptyContinuations() {
        return lines.emptyContinuations();
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    WordReader words() {
        return words;
    }

    void error(String rule, SourceRange range, String message, @Nullable String help) {
        diagnostics.add(Diagnostic.error(rule, range, message, help));
    }

    void warn(String rule, SourceRange range, String message, @Nullable String help) {
        diagnostics.add(Diagnostic.warning(rule, range, message, help));
    }

    SourceRange rangeOf(Token token) {
        return rangeOf(token.getStartIndex(), token.getStopIndex() + 1);
    }

    SourceRange rangeOf(ParserRuleContext node) {
        return rangeOf(start(node), end(node));
    }

    /// @param start an index in the joined lines, as `end`, which is exclusive
    SourceRange rangeOf(int start, int end) {
        return end <= start
                ? source.rangeOf(lines.offset(start), lines.offset(start))
                : source.rangeOf(lines.offset(start), lines.offset(end - 1) + 1);
    }

    int offset(int index) {
        return lines.offset(index);
    }

    static int start(ParserRuleContext node) {
        return node.getStart().getStartIndex();
    }

    static int end(ParserRuleContext node) {
        return node.getStop().getStopIndex() + 1;
    }

    String text(int start, int end) {
        return lines.text(start, end);
    }

    String text(ParserRuleContext node) {
        return lines.text(start(node), end(node));
    }

    MappedText slice(Token token) {
        return lines.slice(token.getStartIndex(), token.getStopIndex() + 1);
    }

    MappedText slice(ParserRuleContext node) {
        return lines.slice(start(node), end(node));
    }

    /// Adds the characters of a flag's value below `node`, quotes and escapes taken off.
    void appendUnquoted(ParseTree node, MappedText target) {
        if (node instanceof TerminalNode leaf) {
            var token = leaf.getSymbol();
            var skipped = switch (token.getType()) {
                case DockerfileLexer.FLAG_QUOTE -> token.getText().length();
                case DockerfileLexer.FLAG_ESCAPED -> 1;
                default -> 0;
            };
            for (var i = token.getStartIndex() + skipped; i <= token.getStopIndex(); i++) {
                target.append(lines.character(i), lines.offset(i));
            }
        }
        for (var i = 0; i < node.getChildCount(); i++) {
            appendUnquoted(node.getChild(i), target);
        }
    }

    /// Returns the bodies' characters without the tabs that a line of theirs begins with.
    static MappedText withoutLeadingTabs(MappedText lines) {
        var kept = new MappedText(lines.size());
        var lineStart = true;
        for (var i = 0; i < lines.size(); i++) {
            var character = lines.character(i);
            if (!lineStart || character != '\t') {
                kept.append(character, lines.offset(i));
                lineStart = character == '\n';
            }
        }
        return kept;
    }

    MappedText slice(int start, int end) {
        return lines.slice(start, end);
    }

    Text verbatim(Token token) {
        return new Text(token.getText(), rangeOf(token));
    }

    /// Returns the token of this type among the node's children, or null.
    static @Nullable Token find(ParseTree node, int type) {
        for (var i = 0; i < node.getChildCount(); i++) {
            if (node.getChild(i) instanceof TerminalNode leaf
                    && leaf.getSymbol().getType() == type) {
                return leaf.getSymbol();
            }
        }
        return null;
    }

    /// Reads what a token holds as a word.
    Word word(Token token) {
        return words.read(slice(token), offset(token.getStartIndex()));
    }

    /// Reads what a rule covers as one word.
    Word word(ParserRuleContext node) {
        return words.read(slice(node), offset(start(node)));
    }

    /// Reports that an instruction lacks its argument.
    void missing(String keyword, String what, @Nullable String help, Instruction.Origin origin) {
        error("no-argument", keyword(origin), keyword + " needs " + what, help);
    }

    /// Returns where an instruction's keyword stands.
    SourceRange keyword(Instruction.Origin origin) {
        return source.keywordOf(origin.range(), origin.keyword());
    }
}
