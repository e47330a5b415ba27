package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.SyntaxTree.Argument;
import dev.jbuild.dockerfile.SyntaxTree.Node;
import dev.jbuild.dockerfile.SyntaxTree.Plain;
import dev.jbuild.dockerfile.SyntaxTree.Trigger;
import dev.jbuild.dockerfile.antlr.Blanks;
import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ArrayContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AssignmentsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CommandContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.DeclarationsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.FlagsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HealthcheckContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.InstructionContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.OnbuildContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordsContext;
import dev.jbuild.dockerfile.antlr.LogicalLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/// Builds the [SyntaxTree] of a file.
final class SyntaxTreeReader {
    private static final char UNREADABLE = '\uFFFD';

    private final Reading reading;
    private final AssignmentReader assignments;
    private final List<Node> nodes = new ArrayList<>();
    private List<String> comments = new ArrayList<>();

    SyntaxTreeReader(Reading reading) {
        this.reading = reading;
        assignments = new AssignmentReader(reading);
    }

    SyntaxTree read() {
        var lines = reading.tree().line();
        for (var i = 0; i < lines.size(); i++) {
            var logical = reading.logicalLine(i);
            reading.startLine(logical);
            if (lines.get(i).comment() != null) {
                addComment(logical);
            } else if (lines.get(i).instruction() != null || logical.continued()) {
                nodes.add(node(lines.get(i).instruction(), logical));
                comments = new ArrayList<>();
            }
        }
        return new SyntaxTree(nodes);
    }

    /// The text behind the first character of the line, which is the `#` only if nothing stands before it.
    private void addComment(LogicalLine logical) {
        var line = reading.source().lineAt(logical.first());
        var first = line.codePointAt(0);
        var text = line.substring(Character.charCount(first));
        if (first > 0x7F) {
            var bytes = utf8(Character.toString(first)).length - 1;
            text = String.valueOf(UNREADABLE).repeat(bytes) + text;
        }
        text = Blanks.strip(text);
        if (text.isEmpty()) {
            comments = new ArrayList<>();
        } else {
            comments.add(text);
        }
    }

    private Node node(@Nullable InstructionContext instruction, LogicalLine logical) {
        var heredocs = instruction == null ? List.<HeredocContext>of() : heredocs(instruction);
        var text = reading.lineText();
        var start = reading.source().lineNumber(logical.first());
        var end = heredocs.isEmpty()
                ? reading.source().lineNumber(logical.last())
                : reading.rangeOf(heredocs.getLast()).endLine();
        if (instruction == null) {
            var nothing = List.<Argument>of(new Plain(""));
            return new Node(
                    "", start, end, text, logical.holdsEmptyLine(), List.of(), false, nothing, List.of(), comments);
        }
        var parts = parts(instruction);
        return new Node(
                parts.keyword(),
                start,
                end,
                text,
                logical.holdsEmptyLine(),
                parts.flags(),
                parts.json(),
                parts.arguments(),
                new HeredocReader(reading).read(heredocs, false),
                comments);
    }

    private static List<HeredocContext> heredocs(InstructionContext instruction) {
        var specific = (ParserRuleContext) instruction.getChild(0);
        var trigger = specific.getRuleContext(InstructionContext.class, 0);
        return trigger == null ? specific.getRuleContexts(HeredocContext.class) : heredocs(trigger);
    }

    /// What one keyword and its arguments are.
    private record Parts(String keyword, List<String> flags, boolean json, List<Argument> arguments) {}

    private Parts parts(InstructionContext instruction) {
        var specific = (ParserRuleContext) instruction.getChild(0);
        var flags = new ArrayList<String>();
        for (var written : specific.getRuleContext(FlagsContext.class, 0).FLAG()) {
            var flag = Flags.flag(written.getSymbol(), reading);
            var text = "--" + flag.name() + (flag.value() == null ? "" : "=" + flag.value());
            var wide = reading.holdsWideBlank(written.getSymbol().getStopIndex() + 1);
            flags.add(wide ? bytes(text.substring(0, text.length() - 1)) + Flags.WIDE_BLANK : bytes(text));
        }
        var arguments = new ArrayList<Argument>();
        var json = addArguments(specific, arguments);
        return new Parts(specific.getStart().getText(), flags, json, arguments);
    }

    /// @return whether they are an array
    private boolean addArguments(ParserRuleContext node, List<Argument> arguments) {
        switch (node) {
            case OnbuildContext onbuild -> addTrigger(onbuild.instruction(), arguments);
            case DockerfileParser.UnknownContext _ -> arguments.add(new Plain(""));
            case HealthcheckContext healthcheck -> addType(healthcheck, arguments);
            default -> {
                var words = node.getRuleContext(WordsContext.class, 0);
                addWords(words, arguments);
                addAssignments(node.getRuleContext(AssignmentsContext.class, 0), arguments);
                addDeclarations(node.getRuleContext(DeclarationsContext.class, 0), arguments);
                node.getTokens(DockerfileParser.TEXT).forEach(text -> arguments.add(new Plain(text.getText())));
            }
        }
        var command = node.getRuleContext(CommandContext.class, 0);
        if (command != null && command.array() == null) {
            arguments.add(new Plain(command.getText()));
        }
        var paths = node.getRuleContext(PathsContext.class, 0);
        addWords(paths == null ? null : paths.words(), arguments);
        var array = command != null ? command.array() : paths != null ? paths.array() : null;
        addArray(array, arguments);
        return array != null;
    }

    private void addArray(@Nullable ArrayContext array, List<Argument> arguments) {
        if (array != null) {
            JsonStrings.texts(array, reading).forEach(text -> arguments.add(new Plain(text)));
        }
    }

    private static void addWords(@Nullable WordsContext words, List<Argument> arguments) {
        if (words != null) {
            words.word().forEach(word -> arguments.add(new Plain(word.getText())));
        }
    }

    private void addTrigger(@Nullable InstructionContext trigger, List<Argument> arguments) {
        if (trigger == null) {
            return;
        }
        var parts = parts(trigger);
        var end = lineEnd(trigger);
        var text = reading.text(Reading.start(trigger), end);
        arguments.add(new Trigger(new Node(
                parts.keyword(),
                0,
                0,
                text,
                false,
                parts.flags(),
                parts.json(),
                parts.arguments(),
                List.of(),
                List.of())));
    }

    private static int lineEnd(InstructionContext instruction) {
        var specific = (ParserRuleContext) instruction.getChild(0);
        var found = Reading.find(specific, DockerfileParser.NEWLINE);
        return found != null ? found.getStartIndex() : lineEnd(specific.getRuleContext(InstructionContext.class, 0));
    }

    private void addType(HealthcheckContext node, List<Argument> arguments) {
        for (var type :
                List.of(DockerfileParser.HEALTH_CMD, DockerfileParser.HEALTH_NONE, DockerfileParser.HEALTH_OTHER)) {
            for (var token : node.getTokens(type)) {
                var wide = reading.holdsWideBlank(token.getSymbol().getStopIndex() + 1);
                arguments.add(new Plain(wide ? token.getText() + UNREADABLE : token.getText()));
            }
        }
    }

    private void addDeclarations(@Nullable DeclarationsContext node, List<Argument> arguments) {
        if (node != null) {
            for (var declaration : node.declaration()) {
                var written = assignments.written(declaration.getStart());
                var value = written.value() == null ? "" : "=" + written.value();
                if (!written.isEmpty()) {
                    arguments.add(new Plain(written.name() + value));
                }
            }
        }
    }

    private void addAssignments(@Nullable AssignmentsContext node, List<Argument> arguments) {
        if (node == null) {
            return;
        }
        if (node.NAME() != null) {
            var old = assignments.oldForm(node);
            if (old != null) {
                arguments.add(new Plain(old.name().toString()));
                arguments.add(new Plain(old.value().toString()));
                arguments.add(new Plain(""));
            }
            return;
        }
        for (var written : assignments.written(node)) {
            arguments.add(new Plain(written.name().toString()));
            arguments.add(new Plain(String.valueOf(written.value())));
            arguments.add(new Plain("="));
        }
    }

    private static String bytes(String text) {
        var bytes = utf8(text);
        return bytes.length == text.length() ? text : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
