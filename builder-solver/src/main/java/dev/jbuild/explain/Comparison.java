package dev.jbuild.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.cache.CacheRecord;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what of an operation differs from what the last build did in its place.
final class Comparison {
    private final Declarations declarations;

    Comparison(Declarations declarations) {
        this.declarations = declarations;
    }

    /// A step with what its instruction says and what its words came to.
    ///
    /// @param text the instruction as written
    /// @param variables those that its words name
    record Written(String text, Map<String, String> variables) {}

    /// {@return the cause; null when both do the same}
    @Nullable
    Cause operations(Vertex vertex, ObjectNode operation, Written now, CacheRecord before, Written then) {
        ObjectNode old = before.operation();
        if (old.equals(operation)) {
            return null;
        }
        boolean rewritten = !now.text().equals(then.text());
        List<String> fields = differing(old, operation);
        boolean work = fields.stream().anyMatch(field -> !isSetting(field));
        if (rewritten && (work || !old.path("type").equals(operation.path("type")))) {
            return new Cause.Command(then.text(), now.text());
        }
        @Nullable SourceRange place = vertex.label().range();
        if (work) {
            @Nullable Cause named = variables(then.variables(), now.variables(), place);
            if (named != null) {
                return named;
            }
        }
        if (fields.contains("env")) {
            @Nullable Cause environment = variables(environment(old), environment(operation), place);
            // The order of two variables may be all that differs.
            return environment == null
                    ? new Cause.Setting("ENV", text(old, "env"), text(operation, "env"))
                    : environment;
        }
        if (fields.contains("args")) {
            return new Cause.Setting("SHELL", shell(old), shell(operation));
        }
        String field = fields.getFirst();
        return new Cause.Setting(settingName(field), text(old, field), text(operation, field));
    }

    private @Nullable Cause variables(
            Map<String, String> before, Map<String, String> after, @Nullable SourceRange place) {
        var changed = new ArrayList<String>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                changed.add(name);
            }
        }
        if (changed.isEmpty()) {
            return null;
        }
        String first = changed.getFirst();
        return new Cause.Variable(
                first,
                before.get(first),
                after.get(first),
                place == null ? null : declarations.find(first, place),
                changed.size() - 1);
    }

    private static Map<String, String> environment(ObjectNode operation) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : operation.path("env")) {
            String text = variable.asText();
            int equals = text.indexOf('=');
            environment.put(text.substring(0, Math.max(0, equals)), text.substring(equals + 1));
        }
        return environment;
    }

    private static List<String> differing(ObjectNode before, ObjectNode after) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return List.copyOf(names);
    }

    /// Whether an instruction before the step says it, and not the step's own words.
    private static boolean isSetting(String field) {
        return field.equals("env") || field.equals("user") || field.equals("dir");
    }

    private static String settingName(String field) {
        return switch (field) {
            case "user" -> "USER";
            case "dir" -> "WORKDIR";
            default -> field;
        };
    }

    /// The words before the command itself, which nobody changed.
    private static String shell(ObjectNode operation) {
        var words = new ArrayList<String>();
        operation.path("args").forEach(word -> words.add(word.asText()));
        return String.join(" ", words.subList(0, Math.max(0, words.size() - 1)));
    }

    private static String text(ObjectNode operation, String field) {
        @Nullable JsonNode value = operation.get(field);
        if (value == null) {
            return "";
        }
        return value.isTextual() ? value.asText() : new String(OciJson.print(value), StandardCharsets.UTF_8);
    }
}
