package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Word.Part;
import dev.jbuild.dockerfile.Word.Substitution;
import dev.jbuild.dockerfile.antlr.MappedText;
import dev.jbuild.dockerfile.antlr.NestingException;
import dev.jbuild.dockerfile.antlr.WordLexer;
import dev.jbuild.dockerfile.antlr.WordParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads words, and turns what is wrong with one into a diagnostic.
final class WordReader {
    private final SourceText source;
    private final List<Diagnostic> diagnostics;
    private final WordLexer lexer = new WordLexer(new MappedText(0));
    private final WordParser parser = new WordParser(new CommonTokenStream(lexer));
    private char escape = '\\';
    private MappedText input = new MappedText(0);

    WordReader(SourceText source, List<Diagnostic> diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        lexer.removeErrorListeners();
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
    }

    /// Reads a text that stands alone.
    ///
    /// @throws DockerfileException if it is no word
    static Word parse(String text, char escape) {
        var diagnostics = new ArrayList<Diagnostic>();
        var reader = new WordReader(new SourceText(text), diagnostics);
        reader.escape = escape;
        var word = reader.read(MappedText.of(text), 0);
        if (!diagnostics.isEmpty()) {
            throw new DockerfileException(new SourceFile("word", text), diagnostics);
        }
        return word;
    }

    void escape(char character) {
        escape = character;
    }

    /// Reads a word of an instruction. One that cannot be read is reported and taken literally.
    ///
    /// @param at where the word stands in the file if it is empty
    Word read(MappedText text, int at) {
        return read(text, at, escape, false);
    }

    /// Reads the body of a here-document, in which quotes are text and the escape character is `\`.
    Word readBody(MappedText text, int at) {
        return read(text, at, '\\', true);
    }

    /// Returns a word that holds nothing but text.
    Word plain(MappedText text, int at) {
        List<Part> parts = text.size() == 0 ? List.of() : List.of(new Word.Literal(text.toString()));
        return new Word(parts, text.toString(), rangeOf(text, at));
    }

    /// Most words hold nothing that the grammar has to look at.
    private static boolean isPlain(MappedText text) {
        for (var i = 0; i < text.size(); i++) {
            switch (text.character(i)) {
                case '$', '"', '\'', '\\', '`' -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    private Word read(MappedText text, int at, char escapeCharacter, boolean body) {
        if (isPlain(text)) {
            return plain(text, at);
        }
        input = text;
        try {
            lexer.read(text, escapeCharacter, body);
            parser.setTokenStream(new CommonTokenStream(lexer));
            var parts = parts(parser.word().children, escapeCharacter);
            return new Word(parts, text.toString(), rangeOf(text, at));
        } catch (NestingException tooDeep) {
            report(
                    Rule.NESTED_TOO_DEEPLY,
                    tooDeep.position(),
                    tooDeep.position() + 1,
                    "quotes and braces are nested too" + " deeply",
                    null);
        } catch (ParseCancellationException refused) {
            if (!(refused.getCause() instanceof RecognitionException error)) {
                throw refused;
            }
            explain(error);
        }
        return plain(text, at);
    }

    private List<Part> parts(@Nullable List<ParseTree> nodes, char escapeCharacter) {
        var parts = new ArrayList<Part>();
        var text = new StringBuilder();
        for (var node : nodes == null ? List.<ParseTree>of() : nodes) {
            if (!(node instanceof WordParser.PartContext part)) {
                continue;
            }
            var child = part.getChild(0);
            if (child instanceof TerminalNode leaf && isText(leaf.getSymbol(), escapeCharacter, part)) {
                text.append(leaf.getText());
                continue;
            }
            flush(text, parts);
            parts.add(part(child, escapeCharacter));
        }
        flush(text, parts);
        return parts;
    }

    private boolean isText(Token token, char escapeCharacter, ParserRuleContext part) {
        if (token.getType() == WordLexer.MARK) {
            // An escape character that takes no meaning away: at the end it is dropped, in quotes it stays and is
            // itself escaped where a pattern is read.
            var last = token.getStopIndex() == input.size() - 1;
            var kept = !last && !(part.getParent() instanceof WordParser.DoubleQuotedContext);
            return kept || input.character(token.getStartIndex()) != escapeCharacter;
        }
        return token.getType() == WordLexer.TEXT;
    }

    private static void flush(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Word.Literal(text.toString()));
            text.setLength(0);
        }
    }

    private Part part(ParseTree node, char escapeCharacter) {
        if (node instanceof WordParser.DoubleQuotedContext quoted) {
            return new Word.Quoted('"', parts(quoted.children, escapeCharacter));
        }
        if (node instanceof WordParser.BracedContext braced) {
            return variable(braced, escapeCharacter);
        }
        return leaf(((TerminalNode) node).getSymbol(), escapeCharacter);
    }

    private Part leaf(Token token, char escapeCharacter) {
        var text = token.getText();
        return switch (token.getType()) {
            case WordLexer.ESCAPED -> new Word.Escaped(escapeCharacter, text.substring(1));
            case WordLexer.MARK ->
                new Word.Escaped(escapeCharacter, token.getStopIndex() == input.size() - 1 ? "" : text);
            case WordLexer.SINGLE_QUOTED -> {
                var inner = text.substring(1, text.length() - 1);
                List<Part> parts = inner.isEmpty() ? List.of() : List.of(new Word.Literal(inner));
                yield new Word.Quoted('\'', parts);
            }
            case WordLexer.VARIABLE -> new Word.Variable(text.substring(1), false, null, rangeOf(token, token));
            default -> throw new IllegalStateException("no part: " + token);
        };
    }

    private Word.Variable variable(WordParser.BracedContext node, char escapeCharacter) {
        var name = node.BRACE().getText().substring(2);
        var substitution = node.substitution() == null ? null : substitution(node.substitution(), escapeCharacter);
        return new Word.Variable(name, true, substitution, rangeOf(node.getStart(), node.getStop()));
    }

    private Substitution substitution(WordParser.SubstitutionContext node, char escapeCharacter) {
        var operator = node.getStart();
        // Colon or doubled character: each operator has a plain and a stronger form.
        var strong = operator.getStopIndex() > operator.getStartIndex();
        var from = node.pattern() == null ? operator : node.SLASH().getSymbol();
        var operand = inner(node.operand().children, from.getStopIndex() + 1, stop(node), escapeCharacter);
        return switch (operator.getType()) {
            case WordLexer.DEFAULT -> new Substitution.Default(strong, operand);
            case WordLexer.ALTERNATIVE -> new Substitution.Alternative(strong, operand);
            case WordLexer.REQUIRED -> new Substitution.Required(strong, operand);
            case WordLexer.PREFIX -> new Substitution.RemovePrefix(strong, operand);
            case WordLexer.SUFFIX -> new Substitution.RemoveSuffix(strong, operand);
            case WordLexer.REPLACE -> {
                var slash = node.SLASH().getSymbol().getStartIndex();
                var pattern = inner(node.pattern().children, operator.getStopIndex() + 1, slash, escapeCharacter);
                yield new Substitution.Replace(strong, pattern, operand);
            }
            default -> throw new IllegalStateException("no operator: " + operator);
        };
    }

    private static int stop(WordParser.SubstitutionContext node) {
        return ((WordParser.BracedContext) node.getParent()).CLOSE().getSymbol().getStartIndex();
    }

    private Word inner(@Nullable List<ParseTree> nodes, int start, int end, char escapeCharacter) {
        var range = start == end
                ? source.rangeOf(input.offset(start), input.offset(start))
                : source.rangeOf(input.offset(start), input.offset(end - 1) + 1);
        return new Word(parts(nodes, escapeCharacter), input.text(start, end), range);
    }

    private void explain(RecognitionException error) {
        var token = error.getOffendingToken();
        var start = token.getStartIndex();
        var end = token.getStopIndex() + 1;
        switch (token.getType()) {
            case WordLexer.UNCLOSED_SINGLE ->
                report(Rule.UNCLOSED_QUOTE, start, end, "the quote ' is not closed", null);
            case WordLexer.BAD_BRACE -> {
                var shown = token.getText();
                report(
                        Rule.BAD_SUBSTITUTION,
                        start,
                        end,
                        "'" + shown + "' is not followed by the name of a variable",
                        "write \\$ for a dollar sign");
            }
            case WordLexer.UNSUPPORTED ->
                report(
                        Rule.BAD_SUBSTITUTION,
                        start,
                        end,
                        "unsupported modifier (" + token.getText() + ") in substitution",
                        "one of ${v:-w} ${v-w} ${v:+w} ${v+w} ${v:?w} ${v?w} ${v#p} ${v##p} ${v%p} ${v%%p} ${v/p/r}"
                                + " ${v//p/r}");
            default -> explainEnd(error);
        }
    }

    private void explainEnd(RecognitionException error) {
        var context = (ParserRuleContext) error.getCtx();
        while (context instanceof WordParser.OperandContext || context instanceof WordParser.SubstitutionContext) {
            if (context instanceof WordParser.SubstitutionContext unfinished
                    && unfinished.REPLACE() != null
                    && unfinished.SLASH() == null) {
                break;
            }
            context = context.getParent();
        }
        if (context instanceof WordParser.PatternContext pattern) {
            context = pattern.getParent();
        }
        var end = input.size();
        if (context instanceof WordParser.DoubleQuotedContext quoted) {
            var start = quoted.getStart().getStartIndex();
            report(Rule.UNCLOSED_QUOTE, start, end, "the quote \" is not closed", null);
        } else if (context instanceof WordParser.SubstitutionContext replace) {
            var start = replace.getParent().getStart().getStartIndex();
            report(
                    Rule.BAD_SUBSTITUTION,
                    start,
                    end,
                    "missing '/' in '" + input.text(start, end) + "'",
                    "${name/pattern/replacement}");
        } else {
            var start = context.getStart().getStartIndex();
            report(Rule.BAD_SUBSTITUTION, start, end, "missing '}' in '" + input.text(start, end) + "'", null);
        }
    }

    private void report(Rule rule, int start, int end, String message, @Nullable String help) {
        var range = source.rangeOf(input.offset(start), input.offset(end - 1) + 1);
        diagnostics.add(Diagnostic.error(rule, range, message, help));
    }

    private SourceRange rangeOf(Token first, Token last) {
        return source.rangeOf(input.offset(first.getStartIndex()), input.offset(last.getStopIndex()) + 1);
    }

    private SourceRange rangeOf(MappedText text, int at) {
        var size = text.size();
        return size == 0 ? source.rangeOf(at, at) : source.rangeOf(text.offset(0), text.offset(size - 1) + 1);
    }
}
