package dev.jbuild.operation;

import dev.jbuild.graph.Vertex;
import java.util.Map;

/// What a vertex needs, solved.
///
/// @param base what it stands on
/// @param solved the root file systems of all its inputs
public record Inputs(Rootfs base, Map<Vertex, Rootfs> solved) {
    public Inputs {
        solved = Map.copyOf(solved);
    }

    /// {@return the root file system of an input}
    public Rootfs of(Vertex input) {
        Rootfs rootfs = solved.get(input);
        if (rootfs == null) {
            throw new IllegalArgumentException("not an input: " + input);
        }
        return rootfs;
    }
}
