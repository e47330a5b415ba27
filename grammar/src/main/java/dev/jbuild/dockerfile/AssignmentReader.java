package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Instruction.Binding;
import dev.jbuild.dockerfile.Instruction.Declaration;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.Blanks;
import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AssignmentsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.DeclarationsContext;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads the names and values of ENV, LABEL and ARG.
final class AssignmentReader {
    private final Reading reading;

    AssignmentReader(Reading reading) {
        this.reading = reading;
    }

    /// A name and a value as written; the value is null without `=`.
    record Written(MappedText name, @Nullable MappedText value, Token token) {
        boolean isEmpty() {
            return name.size() == 0 && value == null;
        }
    }

    /// The old form: the rest of the line is the value.
    record OldForm(MappedText name, MappedText value) {}

    /// Returns the pairs of ENV or LABEL; what is wrong with one is reported, and the pair left out.
    List<Binding> bindings(String keyword, @Nullable AssignmentsContext node, Origin origin) {
        if (node == null) {
            reading.missing(keyword, "a name and a value", keyword + " <name>=<value>", origin);
            return List.of();
        }
        if (node.NAME() != null) {
            return oldForm(keyword, node);
        }
        var all = written(node);
        for (var written : all) {
            if (written.value() == null) {
                // What else is odd about the words comes from the same missing quotes.
                reading.error(
                        Rule.NO_EQUALS_SIGN,
                        reading.rangeOf(written.token()),
                        "'" + written.token().getText() + "' has no value; each argument has the form name=value",
                        "quote a value with blanks: name=\"a b\"");
                return List.of();
            }
        }
        var bindings = new ArrayList<Binding>();
        for (var written : all) {
            if (written.value() != null && isNamed(keyword, written)) {
                bindings.add(new Binding(
                        word(written.name(), written.token()), word(written.value(), written.token()), false));
            }
        }
        return bindings;
    }

    private List<Binding> oldForm(String keyword, AssignmentsContext node) {
        var name = node.NAME().getSymbol();
        var old = oldForm(node);
        if (old == null) {
            var message = keyword + " needs a value for '" + name.getText() + "'";
            reading.error(Rule.NO_VALUE, reading.rangeOf(name), message, keyword + " " + name.getText() + "=<value>");
            return List.of();
        }
        return List.of(new Binding(word(old.name(), name), word(old.value(), name), true));
    }

    /// Returns the parts of the old form, which only blanks of ASCII divide; null when there is no second one.
    @Nullable
    OldForm oldForm(AssignmentsContext node) {
        var text = reading.slice(node);
        var end = 0;
        while (end < text.size() && !Blanks.isSeparator(text.character(end))) {
            end++;
        }
        var value = end;
        while (value < text.size() && Blanks.isSeparator(text.character(value))) {
            value++;
        }
        return end == text.size() ? null : new OldForm(text.slice(0, end), text.slice(value, text.size()));
    }

    /// Returns the names of ARG with their defaults.
    List<Declaration> declarations(@Nullable DeclarationsContext node, Origin origin) {
        var declarations = new ArrayList<Declaration>();
        if (node == null) {
            reading.missing("ARG", "a name", "ARG <name>[=<default>]", origin);
            return declarations;
        }
        for (var declaration : node.declaration()) {
            var token = declaration.getStart();
            var written = written(token);
            if (written.isEmpty() || !isNamed("ARG", written)) {
                continue;
            }
            var quote = written.name().character(0);
            if (written.value() != null && (quote == '"' || quote == '\'')) {
                reading.error(
                        Rule.QUOTED_ASSIGNMENT,
                        reading.rangeOf(token),
                        "quotes around the whole of " + token.getText(),
                        "quote the value: name=\"a b\"");
                continue;
            }
            var name = reading.words().plain(written.name(), reading.offset(token.getStartIndex()));
            declarations.add(new Declaration(name, written.value() == null ? null : word(written.value(), token)));
        }
        return declarations;
    }

    private boolean isNamed(String keyword, Written written) {
        if (written.name().size() > 0) {
            return true;
        }
        reading.error(Rule.BLANK_NAME, reading.rangeOf(written.token()), keyword + " with a blank name", null);
        return false;
    }

    /// Returns the pairs of an ENV or LABEL in the new form, as written. An escape character that ends the line is no
    /// word by itself.
    List<Written> written(AssignmentsContext node) {
        return tokens(node).stream()
                .map(this::written)
                .filter(written -> !written.isEmpty())
                .toList();
    }

    private static List<Token> tokens(AssignmentsContext node) {
        var tokens = new ArrayList<Token>();
        for (var child : node.children) {
            if (child instanceof DockerfileParser.DeclarationContext declaration) {
                tokens.add(declaration.getStart());
            } else if (child instanceof TerminalNode leaf && leaf.getSymbol().getType() != DockerfileParser.GAP) {
                tokens.add(leaf.getSymbol());
            }
        }
        return tokens;
    }

    /// Divides a word at its first `=`, in quotes or not.
    Written written(Token token) {
        var text = withoutLastEscape(reading.slice(token));
        for (var i = 0; i < text.size(); i++) {
            if (text.character(i) == '=') {
                return new Written(text.slice(0, i), text.slice(i + 1, text.size()), token);
            }
        }
        return new Written(text, null, token);
    }

    /// An escape character that ends the line escapes nothing and is dropped.
    private MappedText withoutLastEscape(MappedText text) {
        var quote = 0;
        for (var i = 0; i < text.size(); i++) {
            var character = text.character(i);
            if (character == reading.escape() && quote != '\'') {
                if (++i == text.size()) {
                    return text.slice(0, i - 1);
                }
            } else if (character == quote) {
                quote = 0;
            } else if (quote == 0 && (character == '"' || character == '\'')) {
                quote = character;
            }
        }
        return text;
    }

    private Word word(MappedText text, Token token) {
        return reading.words().read(text, reading.offset(token.getStopIndex()) + 1);
    }
}
