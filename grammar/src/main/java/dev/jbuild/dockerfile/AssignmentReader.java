package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Instruction.Binding;
import dev.jbuild.dockerfile.Instruction.Declaration;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AssignmentsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.DeclarationContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PairContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the names and values of ENV, LABEL and ARG.
final class AssignmentReader {
    private final Reading reading;

    AssignmentReader(Reading reading) {
        this.reading = reading;
    }

    /// Returns the pairs of ENV or LABEL; what is wrong with one is reported, and the pair left out.
    List<Binding> bindings(String keyword, @Nullable AssignmentsContext node, Origin origin) {
        if (node == null) {
            reading.missing(keyword, "a name and a value", keyword + " <name>=<value>", origin);
            return List.of();
        }
        if (node.pair() == null) {
            var name = node.NAME().getSymbol();
            if (node.rest() == null) {
                var message = keyword + " needs a value for '" + name.getText() + "'";
                reading.error("no-value", reading.rangeOf(name), message, keyword + " " + name.getText() + "=<value>");
                return List.of();
            }
            return List.of(new Binding(reading.word(name), reading.word(node.rest()), true));
        }
        var bindings = new ArrayList<Binding>();
        addBinding(keyword, node.pair(), bindings);
        for (var declaration : node.declaration()) {
            if (declaration.pair() == null) {
                var name = declaration.NAME().getText();
                reading.error(
                        "no-equals-sign",
                        reading.rangeOf(declaration),
                        "'" + name + "' has no value; each argument has the form name=value",
                        "quote a value with blanks: name=\"a b\"");
            } else {
                addBinding(keyword, declaration.pair(), bindings);
            }
        }
        return bindings;
    }

    private void addBinding(String keyword, PairContext pair, List<Binding> bindings) {
        if (pair.NAME() == null) {
            reading.error("blank-name", reading.rangeOf(pair), keyword + " with a blank name", null);
        } else {
            bindings.add(new Binding(reading.word(pair.NAME().getSymbol()), value(pair), false));
        }
    }

    private Word value(PairContext pair) {
        var assign = pair.ASSIGN().getSymbol();
        return pair.VALUE() == null
                ? reading.words().plain(reading.slice(0, 0), reading.offset(assign.getStopIndex()) + 1)
                : reading.word(pair.VALUE().getSymbol());
    }

    /// Returns the names of ARG with their defaults.
    List<Declaration> declarations(List<DeclarationContext> nodes, Origin origin) {
        var declarations = new ArrayList<Declaration>();
        for (var node : nodes) {
            addDeclaration(node, declarations);
        }
        if (nodes.isEmpty()) {
            reading.missing("ARG", "a name", "ARG <name>[=<default>]", origin);
        }
        return declarations;
    }

    private void addDeclaration(DeclarationContext node, List<Declaration> declarations) {
        var pair = node.pair();
        if (pair == null && node.NAME().getText().indexOf('=') >= 0) {
            reading.error(
                    "quoted-assignment",
                    reading.rangeOf(node),
                    "quotes around the whole of " + node.NAME().getText(),
                    "quote the value: name=\"a b\"");
        } else if (pair == null) {
            declarations.add(new Declaration(reading.word(node.NAME().getSymbol()), null));
        } else if (pair.NAME() == null) {
            reading.error("blank-name", reading.rangeOf(pair), "ARG with a blank name", null);
        } else {
            declarations.add(new Declaration(reading.word(pair.NAME().getSymbol()), value(pair)));
        }
    }
}
