package dev.jbuild.debug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.frontend.BuildDefinition;
import dev.jbuild.frontend.HistoryLine;
import dev.jbuild.graph.OperationJson;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.History;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.OciJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The vertices of a plan, numbered so that each comes after those it needs.
final class PlanGraph {
    private final BuildDefinition definition;
    private final Map<Vertex, Integer> numbers = new LinkedHashMap<>();

    private PlanGraph(BuildDefinition definition) {
        this.definition = definition;
    }

    static PlanGraph of(BuildDefinition definition) {
        var graph = new PlanGraph(definition);
        if (definition.root() != null) {
            graph.addAll(definition.root());
        }
        return graph;
    }

    /// A stage may have thousands of steps, so the way down is not taken by recursion.
    private void addAll(Vertex root) {
        var pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            var vertex = pending.peek();
            var missing = vertex.inputs().stream()
                    .filter(input -> !numbers.containsKey(input))
                    .toList();
            if (missing.isEmpty()) {
                pending.pop();
                numbers.putIfAbsent(vertex, numbers.size() + 1);
            } else {
                missing.reversed().forEach(pending::push);
            }
        }
    }

    /// {@return the vertices in the order of their numbers, which start at 1}
    List<Vertex> vertices() {
        return List.copyOf(numbers.keySet());
    }

    int number(Vertex vertex) {
        var number = numbers.get(vertex);
        if (number == null) {
            throw new IllegalArgumentException("not in this plan: " + vertex);
        }
        return number;
    }

    /// {@return the numbers of what a vertex needs, that of its base first}
    List<Integer> inputs(Vertex vertex) {
        return vertex.inputs().stream().map(this::number).toList();
    }

    /// {@return the number of the vertex whose files the image has; null for an image without files}
    @Nullable
    Integer target() {
        return definition.root() == null ? null : number(definition.root());
    }

    /// {@return what a vertex does, as its cache key spells it}
    static ObjectNode operation(Vertex vertex) {
        return OperationJson.encode(vertex.operation());
    }

    /// {@return the config of the image as far as it is known before any layer is}
    ObjectNode config() {
        var image = definition.image();
        var json = (ObjectNode) OciJson.parse(
                "image config",
                ImageConfig.of(image.platform())
                        .author(image.author())
                        .created(image.epoch())
                        .container(image.container())
                        .unknown(image.unknown())
                        .build()
                        .toJson()
                        .bytes());
        json.remove(List.of("history", "rootfs"));
        return json;
    }

    /// {@return the lines of the image's history}
    List<String> history() {
        var lines = new ArrayList<String>();
        for (var line : definition.image().history()) {
            lines.add(
                    switch (line) {
                        case HistoryLine.Inherited(History entry) -> entry.createdBy() == null ? "" : entry.createdBy();
                        case HistoryLine.Made(String createdBy, Vertex _) -> createdBy;
                        case HistoryLine.Told(String createdBy) -> createdBy;
                    });
        }
        return lines;
    }
}
