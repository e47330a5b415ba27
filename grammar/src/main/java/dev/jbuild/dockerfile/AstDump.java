package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ArrayContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AssignmentsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CommandContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.FlagsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HealthcheckContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.InstructionContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.OnbuildContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PairContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordsContext;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Prints what the grammar sees in a file, before any instruction is checked: one instruction a line, as
/// S-expressions with the strings quoted as Go quotes them, so that other front ends can be compared.
public final class AstDump {
    private final Reading reading;
    private final StringBuilder out = new StringBuilder();

    private AstDump(Reading reading) {
        this.reading = reading;
    }

    /// Returns the dump of a file, each line ended by a line feed.
    public static String of(SourceFile source) {
        var reading = new Reading(source);
        var dump = new AstDump(reading);
        for (var line : reading.tree().line()) {
            if (line.instruction() != null) {
                dump.instruction(line.instruction());
                dump.out.append('\n');
            }
        }
        return dump.out.toString();
    }

    private void instruction(InstructionContext node) {
        var specific = (ParserRuleContext) node.getChild(0);
        out.append('(').append(specific.getStart().getText().toLowerCase(Locale.ROOT));
        var flags = specific.getRuleContext(FlagsContext.class, 0);
        if (!flags.flag().isEmpty()) {
            flags(flags);
        }
        arguments(specific);
        out.append(')');
    }

    private void flags(FlagsContext node) {
        var separator = " [";
        for (var each : node.flag()) {
            var flag = Flags.flag(each, reading);
            out.append(separator);
            quote("--" + flag.name() + (flag.value() == null ? "" : "=" + flag.value()));
            separator = " ";
        }
        out.append(']');
    }

    private void arguments(ParserRuleContext node) {
        switch (node) {
            case OnbuildContext onbuild -> trigger(onbuild.instruction());
            case HealthcheckContext healthcheck -> healthcheck(healthcheck);
            case DockerfileParser.UnknownContext _ -> string("");
            case DockerfileParser.ArgContext arg -> arg.declaration().forEach(each -> string(reading.text(each)));
            default -> {
                command(node.getRuleContext(CommandContext.class, 0));
                paths(node.getRuleContext(PathsContext.class, 0));
                var words = node.getRuleContext(WordsContext.class, 0);
                if (words != null) {
                    words(words.word());
                }
                assignments(node.getRuleContext(AssignmentsContext.class, 0));
                line(node);
            }
        }
    }

    private void trigger(@Nullable InstructionContext node) {
        if (node != null) {
            out.append(' ');
            instruction(node);
        }
    }

    private void healthcheck(HealthcheckContext node) {
        for (var type : List.of(
                node.getTokens(DockerfileParser.HEALTH_CMD),
                node.getTokens(DockerfileParser.HEALTH_NONE),
                node.getTokens(DockerfileParser.HEALTH_OTHER))) {
            type.forEach(each -> string(each.getText()));
        }
        command(node.command());
    }

    private void command(@Nullable CommandContext node) {
        if (node != null && node.array() != null) {
            array(node.array());
        } else if (node != null) {
            string(reading.text(node.shellLine()));
        }
    }

    private void paths(@Nullable PathsContext node) {
        if (node != null && node.array() != null) {
            array(node.array());
        } else if (node != null) {
            words(node.word());
        }
    }

    private void words(List<WordContext> nodes) {
        for (var node : nodes) {
            if (Reading.find(node, DockerfileParser.HEREDOC) == null) {
                between(reading.text(node));
            } else {
                string(reading.text(node));
            }
        }
    }

    /// Prints what stands between blanks: other front ends split before they look at quotes.
    private void between(String text) {
        var start = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t') {
                if (i > start) {
                    string(text.substring(start, i));
                }
                start = i + 1;
            }
        }
    }

    private void array(ArrayContext node) {
        JsonStrings.of(node, reading).forEach(each -> string(each.toString()));
    }

    private void assignments(@Nullable AssignmentsContext node) {
        if (node == null) {
            return;
        }
        if (node.pair() == null) {
            string(node.NAME().getText());
            string(node.rest() == null ? "" : reading.text(node.rest()));
            string("");
            return;
        }
        pair(node.pair());
        for (var declaration : node.declaration()) {
            if (declaration.pair() != null) {
                pair(declaration.pair());
            }
        }
    }

    private void pair(PairContext node) {
        string(text(node.NAME()));
        string(text(node.VALUE()));
        string("=");
    }

    private static String text(@Nullable ParseTree node) {
        return node == null ? "" : node.getText();
    }

    private void line(ParserRuleContext node) {
        for (TerminalNode text : node.getTokens(DockerfileParser.LINE_TEXT)) {
            string(text.getText());
        }
    }

    private void string(String text) {
        out.append(' ');
        quote(text);
    }

    private void quote(String text) {
        out.append('"');
        text.codePoints().forEach(this::quote);
        out.append('"');
    }

    private void quote(int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0B -> out.append("\\v");
            default -> {
                if (isPrintable(character)) {
                    out.appendCodePoint(character);
                } else if (character < ' ' || character == 0x7F) {
                    hexadecimal("\\x", character, 2);
                } else if (Character.isBmpCodePoint(character)) {
                    hexadecimal("\\u", character, 4);
                } else {
                    hexadecimal("\\U", character, 8);
                }
            }
        }
    }

    private void hexadecimal(String prefix, int value, int digits) {
        var text = Integer.toHexString(value);
        out.append(prefix).repeat('0', digits - text.length()).append(text);
    }

    private static boolean isPrintable(int character) {
        if (character == ' ') {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
