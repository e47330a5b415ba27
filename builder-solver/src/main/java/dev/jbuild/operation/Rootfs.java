package dev.jbuild.operation;

import dev.jbuild.layer.LayerId;
import dev.jbuild.snapshot.Layer;
import java.util.ArrayList;
import java.util.List;

/// A root file system: a stack of layers.
///
/// @param layers lowest first
public record Rootfs(List<Layer> layers) {
    /// No files at all.
    public static final Rootfs EMPTY = new Rootfs(List.of());

    public Rootfs {
        layers = List.copyOf(layers);
    }

    /// {@return this stack with one layer more on top}
    public Rootfs plus(Layer layer) {
        var more = new ArrayList<>(layers);
        more.add(layer);
        return new Rootfs(more);
    }

    /// {@return this stack with all layers of another one on top}
    public Rootfs plus(Rootfs top) {
        var more = new ArrayList<>(layers);
        more.addAll(top.layers);
        return new Rootfs(more);
    }

    /// {@return the names of the layers, lowest first}
    public List<LayerId> ids() {
        return layers.stream().map(Layer::id).toList();
    }
}
