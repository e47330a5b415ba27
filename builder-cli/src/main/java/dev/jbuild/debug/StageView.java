package dev.jbuild.debug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.SyntaxTree.Node;
import dev.jbuild.dockerfile.SyntaxTree.Plain;
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
        if (arguments.size() == 3 && !isLowerCase(arguments.get(2))) {
            lint("StageNameCasing", node, "Stage name '" + arguments.get(2) + "' should be lowercase");
        }
        if (arguments.size() < 3) {
            return;
        }
        var keyword = node.keyword();
        var as = arguments.get(1);
        var differs = isLowerCase(keyword) ? !isLowerCase(as) : isUpperCase(keyword) && !isUpperCase(as);
        if (differs) {
            lint("FromAsCasing", node, "'" + as + "' and '" + keyword + "' keywords' casing do not match");
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
        lint("MaintainerDeprecated", node, "Maintainer instruction is deprecated in favor of using label");
    }

    private void lintDescription(String keyword, Node node, List<String> names) {
        if (node.comments().isEmpty()) {
            return;
        }
        var comment = node.comments().getLast();
        var blank = comment.indexOf(' ');
        if (!names.contains(blank < 0 ? comment : comment.substring(0, blank))) {
            var example = names.size() == 1 ? names.getFirst() : "<arg_key>";
            lint(
                    "InvalidDefinitionDescription",
                    node,
                    "Comment for " + keyword + " should follow the format: `# " + example + " <description>`");
        }
    }

    private void lint(String rule, Node node, String message) {
        lints.addObject().put("rule", rule).put("line", node.startLine()).put("msg", message);
    }

    private static boolean isLowerCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT));
    }

    private static boolean isUpperCase(String text) {
        return text.equals(text.toUpperCase(Locale.ROOT));
    }
}
