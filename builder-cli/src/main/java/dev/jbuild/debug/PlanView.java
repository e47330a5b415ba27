package dev.jbuild.debug;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jbuild.frontend.BuildDefinition;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;

/// A plan on paper: `jbuild debug plan`.
public final class PlanView {
    private PlanView() {}

    /// How a plan is printed.
    public enum Format {
        /// One paragraph a step, for people.
        TEXT,
        /// One object a plan, for programs.
        JSON,
        /// A graph for Graphviz.
        DOT
    }

    /// {@return the plan, ended by a line feed}
    ///
    /// @param name of the Dockerfile
    public static String print(String name, BuildDefinition definition, Format format) {
        var graph = PlanGraph.of(definition);
        return switch (format) {
            case TEXT -> text(graph);
            case JSON -> json(name, graph);
            case DOT -> dot(name, graph);
        };
    }

    private static String text(PlanGraph graph) {
        var out = new StringBuilder();
        for (var vertex : graph.vertices()) {
            out.append('#')
                    .append(graph.number(vertex))
                    .append(' ')
                    .append(vertex.label().name());
            out.append('\n').append(place(vertex, graph)).append('\n');
            PlanGraph.operation(vertex)
                    .properties()
                    .forEach(field -> line(field.getKey(), print(field.getValue()), out));
            out.append('\n');
        }
        out.append("image\n");
        line("files", graph.target() == null ? "none" : "#" + graph.target(), out);
        graph.config().properties().forEach(field -> {
            if (field.getKey().equals("config")) {
                field.getValue().properties().forEach(each -> line(each.getKey(), print(each.getValue()), out));
            } else {
                line(field.getKey(), print(field.getValue()), out);
            }
        });
        graph.history().forEach(line -> line("history", line, out));
        return out.toString();
    }

    private static String place(Vertex vertex, PlanGraph graph) {
        var inputs = graph.inputs(vertex);
        var out = new StringBuilder("   ");
        var range = vertex.label().range();
        out.append(range == null ? "no line" : "line " + range.startLine());
        for (int i = 0; i < inputs.size(); i++) {
            boolean base = i == 0 && vertex.base() != null;
            out.append(base ? ", on #" : ", reads #").append(inputs.get(i));
        }
        new LinkedHashSet<>(vertex.contexts())
                .forEach(name -> out.append(", reads the context").append(name.isEmpty() ? "" : " '" + name + "'"));
        return out.toString();
    }

    private static void line(String name, String value, StringBuilder out) {
        out.append("   ")
                .append(name)
                .append(": ")
                .append(value.replace("\n", "\\n"))
                .append('\n');
    }

    private static String json(String name, PlanGraph graph) {
        var plan = OciJson.newObject().put("file", name);
        var vertices = plan.putArray("vertices");
        for (var vertex : graph.vertices()) {
            var json = vertices.addObject()
                    .put("number", graph.number(vertex))
                    .put("name", vertex.label().name());
            var range = vertex.label().range();
            if (range != null) {
                json.put("line", range.startLine());
            }
            if (vertex.base() != null) {
                json.put("base", graph.number(vertex.base()));
            }
            var inputs = json.putArray("inputs");
            graph.inputs(vertex).forEach(inputs::add);
            var contexts = json.putArray("contexts");
            new LinkedHashSet<>(vertex.contexts()).forEach(contexts::add);
            json.set("operation", PlanGraph.operation(vertex));
        }
        if (graph.target() != null) {
            plan.put("target", graph.target());
        }
        plan.set("image", graph.config());
        var history = plan.putArray("history");
        graph.history().forEach(history::add);
        return print(plan) + "\n";
    }

    private static String dot(String name, PlanGraph graph) {
        var out = new StringBuilder("digraph ").append(quoted(name)).append(" {\n  node [shape=box]\n");
        for (var vertex : graph.vertices()) {
            var number = graph.number(vertex);
            out.append("  ").append(number).append(" [label=");
            out.append(quoted(vertex.label().name())).append("]\n");
            var inputs = graph.inputs(vertex);
            for (int i = 0; i < inputs.size(); i++) {
                boolean base = i == 0 && vertex.base() != null;
                out.append("  ").append(inputs.get(i)).append(" -> ").append(number);
                out.append(base ? "\n" : " [style=dashed]\n");
            }
        }
        return out.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String print(JsonNode json) {
        return new String(OciJson.print(json), StandardCharsets.UTF_8);
    }
}
