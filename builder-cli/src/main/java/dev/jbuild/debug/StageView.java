package dev.jbuild.debug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.SyntaxTree.Node;
import dev.jbuild.dockerfile.SyntaxTree.Plain;
import dev.jbuild.lint.InstructionChecks;
import dev.jbuild.lint.Rule;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The stages that instructions make, and what there is to say about their spelling.
final class StageView {
    private static final String PLATFORM = "--platform=";

    private final ArrayNode stages = OciJson.newArray();
    private final ArrayNode lints = OciJson.newArray();
    private final List<String> globalArguments = new ArrayList<>();
    private @Nullable ObjectNode stage;

    private StageView() {}

    /// @param refusedLine where the first instruction begins that is not in order; nothing is known from there on
    static StageView of(List<Node> nodes, int refusedLine) {
        var view = new StageView();
        for (var node : nodes) {
            if (node.startLine() >= refusedLine) {
                view.lintRefused(node);
                break;
            }
            view.add(node);
        }
        return view;
    }

    /// {@return an array, or null without a stage}
    JsonNode stages() {
        return stages.isEmpty() ? NullNode.getInstance() : stages;
    }

    ArrayNode lints() {
        return lints;
    }

    /// {@return the ARGs before the first stage, each as name=default}
    List<String> globalArguments() {
        return globalArguments;
    }

    /// The spelling is looked at before the rest.
    private void lintRefused(Node node) {
        switch (node.keyword().toUpperCase(Locale.ROOT)) {
            case "FROM" -> lintCasing(node, plain(node));
            case "MAINTAINER" -> lintMaintainer(node);
            default -> {}
        }
    }

    private static List<String> plain(Node node) {
        var arguments = new ArrayList<String>();
        for (var argument : node.arguments()) {
            if (argument instanceof Plain(String text)) {
                arguments.add(text);
            }
        }
        return arguments;
    }

    private void add(Node node) {
        var arguments = plain(node);
        switch (node.keyword().toUpperCase(Locale.ROOT)) {
            case "FROM" -> {
                addStage(node, arguments);
                return;
            }
            case "ARG" -> addArguments(node, arguments);
            case "MAINTAINER" -> lintMaintainer(node);
            default -> {}
        }
        if (stage != null && stage.get("commands") instanceof ArrayNode commands) {
            commands.add(node.keyword());
        } else if (stage != null) {
            stage.putArray("commands").add(node.keyword());
        }
    }

    private void addStage(Node node, List<String> arguments) {
        lintCasing(node, arguments);
        var named = arguments.size() == 3 && arguments.get(1).equalsIgnoreCase("as");
        if (arguments.isEmpty() || (arguments.size() > 1 && !named)) {
            return;
        }
        var name = named ? arguments.get(2).toLowerCase(Locale.ROOT) : "";
        if (named) {
            lintDescription("FROM", node, List.of(name));
        }
        var platform = "";
        for (var flag : node.flags()) {
            platform = flag.startsWith(PLATFORM) ? flag.substring(PLATFORM.length()) : platform;
        }
        stage = stages.addObject()
                .put("name", name)
                .put("base", arguments.getFirst())
                .put("platform", platform);
        stage.putNull("commands");
    }

    private void lintCasing(Node node, List<String> arguments) {
        if (arguments.size() == 3) {
            lint(Rule.STAGE_NAME_CASING, node, InstructionChecks.stageNameCasing(arguments.get(2)));
        }
        if (arguments.size() >= 3) {
            lint(Rule.FROM_AS_CASING, node, InstructionChecks.fromAsCasing(node.keyword(), arguments.get(1)));
        }
    }

    private void addArguments(Node node, List<String> arguments) {
        var names = new ArrayList<String>();
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            if (equals == 0) {
                return;
            }
            names.add(equals < 0 ? argument : argument.substring(0, equals));
            if (stage == null) {
                globalArguments.add(equals < 0 ? argument + "=" : argument);
            }
        }
        if (!names.isEmpty()) {
            lintDescription("ARG", node, names);
        }
    }

    private void lintMaintainer(Node node) {
        lint(Rule.MAINTAINER_DEPRECATED, node, InstructionChecks.MAINTAINER_DEPRECATED);
    }

    private void lintDescription(String keyword, Node node, List<String> names) {
        lint(Rule.INVALID_DEFINITION_DESCRIPTION, node, InstructionChecks.description(keyword, names, node.comments()));
    }

    private void lint(Rule rule, Node node, @Nullable String message) {
        if (message != null) {
            lints.addObject()
                    .put("rule", rule.title())
                    .put("line", node.startLine())
                    .put("msg", message);
        }
    }
}
