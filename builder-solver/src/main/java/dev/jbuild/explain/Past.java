package dev.jbuild.explain;

import dev.jbuild.graph.Vertex;
import dev.jbuild.record.BuildRecord;
import dev.jbuild.record.StepRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last build of a project, beside the steps of this one.
final class Past {
    private final boolean known;
    private final Map<Vertex, StepRecord> partners = new HashMap<>();

    /// @param steps of this build
    Past(Optional<BuildRecord> last, Project project, List<Vertex> steps) {
        known = last.isPresent();
        if (last.isEmpty()) {
            return;
        }
        List<Alignment.Line> lines = steps.stream()
                .map(vertex -> new Alignment.Line(vertex.label().stage(), project.text(vertex)))
                .toList();
        Alignment.of(lines, last.get().steps()).forEach((position, step) -> partners.put(steps.get(position), step));
    }

    /// {@return whether there was a last build}
    boolean known() {
        return known;
    }

    /// {@return the step that `vertex` took the place of; null when there was none}
    @Nullable
    StepRecord partner(Vertex vertex) {
        return partners.get(vertex);
    }
}
