package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.HeredocOpening;
import dev.jbuild.dockerfile.antlr.HeredocOpening.InLine;
import dev.jbuild.dockerfile.antlr.JoinedLines;
import dev.jbuild.dockerfile.antlr.JsonArray;
import dev.jbuild.dockerfile.antlr.LogicalLine;
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
    private final DockerfileLexer lexer;
    private final DockerfileParser.DockerfileContext tree;
    private final int directiveCount;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final WordReader words;
    private boolean insideTrigger;
    private LogicalLine line = new LogicalLine(0, 0, 0, "", false, false);
    private @Nullable List<InLine> openings;

    /// @param text the part of a file that is read
    Reading(String text) {
        source = new SourceText(text);
        lines = new JoinedLines(source.codePoints());
        lexer = new DockerfileLexer(lines);
        tree = parse(lexer);
        directiveCount = tree.directive().size();
        words = new WordReader(source, diagnostics);
        words.escape(lines.escape());
    }

    private static DockerfileParser.DockerfileContext parse(DockerfileLexer lexer) {
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

    /// Returns the line of the file that a rule for a line was read from.
    ///
    /// @param number counted from 0, directives left out
    LogicalLine logicalLine(int number) {
        return lines.logicalLines().get(directiveCount + number);
    }

    /// Turns to another line: what is asked about "the line" is about this one.
    void startLine(LogicalLine next) {
        line = next;
        openings = null;
    }

    /// Returns the line as joined, blanks around it included.
    String lineText() {
        return lines.text(line.start(), endOf(line)) + line.trailing();
    }

    private int endOf(LogicalLine logical) {
        var end = logical.start();
        while (lines.character(end) != '\n') {
            end++;
        }
        return end;
    }

    /// Returns the openings of here-documents on the line.
    List<InLine> heredocOpenings() {
        if (openings == null) {
            var found = HeredocOpening.in(lineText());
            openings = found == null ? List.of() : found;
        }
        return openings;
    }

    /// Whether the line is the last of the file, so that a here-document it opens has no body at all.
    boolean endsInHeredoc() {
        return lexer.endsInHeredoc() && lines.logicalLines().getLast().start() == line.start();
    }

    /// Whether a word of the line begins like the opening of a here-document and cannot be read.
    boolean holdsBrokenHeredoc() {
        return lexer.brokenHeredocs().contains(line.start());
    }

    /// Returns the range of a piece of the line.
    SourceRange rangeInLine(int start, int length) {
        var end = endOf(line);
        var from = Math.min(line.start() + start, end);
        return rangeOf(from, Math.min(from + length, end));
    }

    /// Whether one of the blanks that have two bytes stands at an index.
    boolean holdsWideBlank(int index) {
        return lines.character(index) == 0x85 || lines.character(index) == 0xA0;
    }

    /// What is wrong with a trigger is seen only when it is read as an instruction of its own.
    void insideTrigger(boolean inside) {
        insideTrigger = inside;
    }

    /// Returns what the text of a token is as JSON.
    JsonArray array(Token token) {
        return JsonArray.read(lines, token.getStartIndex(), token.getStopIndex() + 1);
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

    void error(Rule rule, SourceRange range, String message, @Nullable String help) {
        var later = insideTrigger && rule.phase() == Diagnostic.Phase.INSTRUCTION;
        diagnostics.add(
                later
                        ? Diagnostic.error(rule.id(), range, message, help)
                        : Diagnostic.error(rule, range, message, help));
    }

    void warn(Rule rule, SourceRange range, String message, @Nullable String help) {
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

    /// Returns where a piece stands that was cut out of the file, at least one character.
    SourceRange rangeOf(MappedText piece) {
        return source.rangeOf(piece.offset(0), piece.offset(piece.size() - 1) + 1);
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
        error(Rule.NO_ARGUMENT, keyword(origin), keyword + " needs " + what, help);
    }

    /// Returns where an instruction's keyword stands.
    SourceRange keyword(Instruction.Origin origin) {
        return source.keywordOf(origin.range(), origin.keyword());
    }
}
