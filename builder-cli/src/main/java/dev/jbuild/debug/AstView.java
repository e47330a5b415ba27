package dev.jbuild.debug;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.AstDump;
import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Diagnostic.Phase;
import dev.jbuild.dockerfile.Examination;
import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.SyntaxTree;
import dev.jbuild.dockerfile.SyntaxTree.Node;
import dev.jbuild.oci.OciJson;
import java.util.List;

/// What is known of a file, as JSON.
final class AstView {
    private final Examination examination;
    private final ObjectNode json = OciJson.newObject();

    private AstView(Examination examination) {
        this.examination = examination;
    }

    /// {@return the view without the dump}
    static ObjectNode of(Examination examination) {
        return new AstView(examination).view();
    }

    private ObjectNode view() {
        directives();
        var malformed = examination.firstError(Phase.SYNTAX);
        if (malformed != null) {
            json.set("parse_error", error(malformed));
            return json;
        }
        var nodes = json.putArray("ast");
        examination.tree().nodes().forEach(node -> nodes.add(node(node, true)));
        json.put("escape", String.valueOf(examination.directives().escape()));
        warnings();
        var refused = examination.firstError(Phase.INSTRUCTION);
        var lines = refused == null ? null : ErrorLines.of(refused, examination);
        var stages = StageView.of(examination.tree().nodes(), lines == null ? Integer.MAX_VALUE : lines.start());
        if (!stages.lints().isEmpty()) {
            json.set("lints", stages.lints());
        }
        if (refused != null) {
            json.set("instr_error", error(refused));
            return json;
        }
        json.set("stages", stages.stages());
        if (!stages.globalArguments().isEmpty()) {
            json.set("meta_args", OciJson.newArray(stages.globalArguments()));
        }
        return json;
    }

    /// Adds the dump, unless the file cannot be taken apart.
    static ObjectNode withDump(Examination examination) {
        var json = of(examination);
        if (json.has("ast")) {
            json.put("dump", AstDump.of(examination.tree()).stripTrailing());
        }
        return json;
    }

    private void directives() {
        var syntax = examination.directives().syntax();
        if (syntax != null) {
            json.putObject("syntax")
                    .put("ref", examination.directives().frontend())
                    .put("cmdline", syntax.value())
                    .put("line", syntax.range().startLine());
        }
        var check = examination.directives().check();
        if (check != null) {
            json.put("check", check.value());
        }
    }

    private void warnings() {
        ArrayNode warnings = null;
        for (var node : examination.tree().nodes()) {
            if (node.emptyLine()) {
                warnings = warnings == null ? json.putArray("warnings") : warnings;
                warnings.add("Empty continuation line found in: " + node.original());
            }
        }
    }

    private ObjectNode error(Diagnostic diagnostic) {
        var lines = ErrorLines.of(diagnostic, examination);
        var error = OciJson.newObject().put("message", diagnostic.message());
        error.putArray("lines").addArray().add(lines.start()).add(lines.end());
        return error;
    }

    private static ObjectNode node(Node node, boolean placed) {
        var json = OciJson.newObject().put("v", node.keyword()).put("orig", node.original());
        if (placed) {
            json.put("start", node.startLine()).put("end", node.endLine());
        }
        strings(json, "flags", node.flags());
        if (node.json()) {
            json.put("json", true);
        }
        if (!node.arguments().isEmpty()) {
            var arguments = json.putArray("args");
            for (var argument : node.arguments()) {
                switch (argument) {
                    case SyntaxTree.Plain(String text) -> arguments.add(text);
                    case SyntaxTree.Trigger(Node trigger) -> arguments.add(node(trigger, false));
                }
            }
        }
        if (!node.heredocs().isEmpty()) {
            var heredocs = json.putArray("heredocs");
            node.heredocs().forEach(each -> heredocs.add(heredoc(each)));
        }
        strings(json, "comments", node.comments());
        return json;
    }

    private static ObjectNode heredoc(Heredoc heredoc) {
        return OciJson.newObject()
                .put("name", heredoc.name())
                .put("content", heredoc.content())
                .put("expand", heredoc.expand())
                .put("chomp", heredoc.chomp())
                .put("fd", heredoc.fileDescriptor());
    }

    private static void strings(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            json.set(key, OciJson.newArray(values));
        }
    }
}
