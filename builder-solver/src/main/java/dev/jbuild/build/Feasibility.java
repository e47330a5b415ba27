package dev.jbuild.build;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.graph.Confinement;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds steps that can be planned but not yet be executed, before any step runs.
final class Feasibility {
    private Feasibility() {}

    /// @param root null for a build without steps
    /// @throws DockerfileException that names every step which nothing here can execute
    static void check(@Nullable Vertex root, SourceFile source) {
        var problems = new ArrayList<Diagnostic>();
        var seen = new HashSet<Vertex>();
        var pending = new ArrayDeque<Vertex>();
        if (root != null) {
            pending.add(root);
        }
        while (!pending.isEmpty()) {
            Vertex vertex = pending.pop();
            if (seen.add(vertex)) {
                pending.addAll(vertex.inputs());
                missing(vertex.operation()).forEach(what -> problems.add(problem(vertex, what)));
            }
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(problem -> problem.range().startLine()));
            throw new DockerfileException(source, problems);
        }
    }

    private static Diagnostic problem(Vertex vertex, String what) {
        if (vertex.label().range() == null) {
            throw new IllegalStateException("a step that no instruction asked for: " + vertex);
        }
        String message = vertex.label().origin() + what + " cannot be executed yet";
        return Diagnostic.error("not-executable", vertex.label().range(), message, null);
    }

    private static Set<String> missing(Operation operation) {
        return switch (operation) {
            case Operation.Run run -> missing(run);
            case Operation.Image _,
                    Operation.Directory _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.Copy _,
                    Operation.Stack _,
                    Operation.MakeDirectory _ -> Set.of();
        };
    }

    private static Set<String> missing(Operation.Run run) {
        var missing = new TreeSet<String>();
        run.mounts().forEach(mount -> missing.add("RUN --mount=type=" + type(mount)));
        Confinement confinement = run.confinement();
        if (confinement.network() != Confinement.Network.DEFAULT) {
            missing.add("RUN --network=" + confinement.network().keyword());
        }
        if (confinement.security() != Confinement.Security.SANDBOX) {
            missing.add("RUN --security=" + confinement.security().keyword());
        }
        if (!confinement.devices().isEmpty()) {
            missing.add("RUN --device");
        }
        return missing;
    }

    private static String type(Mount mount) {
        return switch (mount) {
            case Mount.Bind _ -> "bind";
            case Mount.Cache _ -> "cache";
            case Mount.Tmpfs _ -> "tmpfs";
            case Mount.Secret _ -> "secret";
            case Mount.Ssh _ -> "ssh";
        };
    }
}
