package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ArrayContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CommandContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads commands in shell form and exec form.
final class CommandReader {
    private final Reading reading;

    CommandReader(Reading reading) {
        this.reading = reading;
    }

    /// @param node null when nothing is written
    Command read(@Nullable CommandContext node, List<HeredocContext> bodies) {
        if (node == null) {
            return new Command.Shell("", List.of());
        }
        if (node.array() != null) {
            return new Command.Exec(strings(node.array()));
        }
        var openings = new ArrayList<Token>();
        for (var opening : node.shellLine().getTokens(DockerfileLexer.HEREDOC)) {
            openings.add(opening.getSymbol());
        }
        warnAboutJson(node);
        var heredocs = new HeredocReader(reading).read(openings, bodies, false);
        return new Command.Shell(reading.text(node.shellLine()), heredocs);
    }

    List<String> strings(ArrayContext array) {
        var strings = new ArrayList<String>();
        for (var string : JsonStrings.of(array, reading)) {
            strings.add(string.toString());
        }
        return strings;
    }

    /// A line that begins like an array but is none is given to a shell, which hardly anybody means.
    private void warnAboutJson(CommandContext node) {
        var line = node.shellLine();
        if (line.getChildCount() < 2
                || line.getStart().getType() != DockerfileLexer.LEFT_BRACKET
                || !(line.getChild(1) instanceof TerminalNode second)
                || (second.getSymbol().getType() != DockerfileLexer.STRING
                        && second.getSymbol().getType() != DockerfileLexer.QUOTED)) {
            return;
        }
        var singleQuoted = second.getText().startsWith("'");
        reading.warn(
                "json-shell-form",
                reading.rangeOf(singleQuoted ? second.getSymbol() : line.getStart()),
                singleQuoted
                        ? "JSON strings have double quotes, so this is a line for the shell"
                        : "this is no JSON array of strings, so it is a line for the shell",
                null);
    }
}
