package dev.jbuild.snapshot;

import dev.jbuild.linux.ByteString;
import java.util.List;

/// Paths of trees that nothing moves before this is closed.
///
/// An overlay mount takes its layers by descriptor only from a process of the same mount namespace; one that is
/// made inside a new namespace must find them by path. Hold it from before the namespace is made until the mount
/// is there, no longer: meanwhile nothing becomes durable.
public final class PinnedTrees implements AutoCloseable {
    private final LayerPlaces places;
    private final List<ByteString> paths;
    private boolean open = true;

    PinnedTrees(LayerPlaces places, List<ByteString> paths) {
        this.places = places;
        this.paths = List.copyOf(paths);
    }

    /// {@return the path of each tree, as the layers were given; relative to
    /// [dev.jbuild.state.StateDirectory#directory()]}
    public List<ByteString> paths() {
        return paths;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            places.unpin();
        }
    }
}
