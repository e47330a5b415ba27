package dev.jbuild.explain;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is built.
///
/// @param name for people; the same for two builds of one project and for no others
/// @param root null for an image without files
/// @param fresh stages that the user wants built anew
/// @param options names of the variables that the command line gives a value
public record Project(
        String name, Dockerfile dockerfile, @Nullable Vertex root, FreshStages fresh, Set<String> options) {
    public Project {
        options = Set.copyOf(options);
    }

    /// {@return every vertex once, each after what it needs}
    List<Vertex> vertices() {
        var ordered = new ArrayList<Vertex>();
        Set<Vertex> known = new HashSet<>();
        // An explicit stack: a chain of stages may be longer than a thread's stack is deep.
        Deque<Visit> open = new ArrayDeque<>();
        if (root != null) {
            open.push(new Visit(root, false));
        }
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (visit.inputsDone()) {
                ordered.add(visit.vertex());
            } else if (known.add(visit.vertex())) {
                open.push(new Visit(visit.vertex(), true));
                visit.vertex().inputs().reversed().forEach(input -> open.push(new Visit(input, false)));
            }
        }
        return ordered;
    }

    /// {@return what the image is called, without the pin that its name led to}
    static String name(Operation.Image image) {
        int pin = image.name().indexOf('@');
        return pin < 0 ? image.name() : image.name().substring(0, pin);
    }

    private record Visit(Vertex vertex, boolean inputsDone) {}

    /// {@return what asked for a vertex, as written; of an image what it is called after expansion}
    String text(Vertex vertex) {
        if (vertex.operation() instanceof Operation.Image image) {
            return "FROM " + name(image);
        }
        @Nullable SourceRange range = vertex.label().range();
        if (range == null) {
            return vertex.label().name();
        }
        var text = new StringBuilder();
        for (int line = range.startLine(); line <= range.endLine(); line++) {
            String whole = dockerfile.source().line(line);
            int from = line == range.startLine() ? whole.offsetByCodePoints(0, range.startColumn() - 1) : 0;
            int to = line == range.endLine() ? whole.offsetByCodePoints(0, range.endColumn() - 1) : whole.length();
            text.append(line == range.startLine() ? "" : "\n").append(whole, from, to);
        }
        return text.toString();
    }
}
