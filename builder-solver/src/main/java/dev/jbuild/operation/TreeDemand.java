package dev.jbuild.operation;

import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.snapshot.LayerStore.Form;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows which layers a RUN of this build will stand on: they are born as a tree, which can be mounted. All others are
/// born as a tar, which is what an image needs in the end.
public final class TreeDemand {
    private final Set<Vertex> mounted = new HashSet<>();
    private final Set<Vertex> seen = new HashSet<>();

    private TreeDemand() {}

    /// {@return the demand of everything that `target` needs}
    ///
    /// @param target null for an image without files
    public static TreeDemand of(@Nullable Vertex target) {
        var demand = new TreeDemand();
        if (target != null) {
            demand.visit(target);
        }
        return demand;
    }

    Form formOf(Vertex vertex) {
        return mounted.contains(vertex) ? Form.TREE : Form.TAR;
    }

    private void visit(Vertex vertex) {
        if (!seen.add(vertex)) {
            return;
        }
        if (vertex.operation() instanceof Operation.Run) {
            mount(vertex.base());
        }
        vertex.inputs().forEach(this::visit);
    }

    private void mount(@Nullable Vertex root) {
        for (Vertex below = root; below != null && mounted.add(below); ) {
            if (below.operation() instanceof Operation.Stack(Vertex top)) {
                mount(top);
            }
            below = below.base();
        }
    }
}
