package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser.CommandContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import java.util.List;
import org.antlr.v4.runtime.Token;
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
            return new Command.Exec(JsonStrings.texts(node.array(), reading));
        }
        if (node.NOT_STRINGS() != null) {
            JsonStrings.refuse(node.NOT_STRINGS().getSymbol(), reading);
            return new Command.Exec(List.of());
        }
        var text = node.TEXT().getSymbol();
        warnAboutJson(text);
        return new Command.Shell(text.getText(), new HeredocReader(reading).read(bodies, false));
    }

    /// A line that begins like an array but is none is given to a shell, which hardly anybody means.
    private void warnAboutJson(Token text) {
        var line = text.getText();
        if (!line.startsWith("[\"") && !line.startsWith("['")) {
            return;
        }
        var position = Math.min(reading.array(text).position(), text.getStopIndex());
        reading.warn(
                Rule.JSON_SHELL_FORM,
                reading.rangeOf(position, position + 1),
                line.charAt(1) == '\''
                        ? "JSON strings have double quotes, so this is a line for the shell"
                        : "this is no JSON array of strings, so it is a line for the shell",
                null);
    }
}
