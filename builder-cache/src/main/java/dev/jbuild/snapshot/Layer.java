package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerId;
import org.jspecify.annotations.Nullable;

/// A layer, and where it can be had when the store does not hold it.
///
/// @param origin where a pulled layer comes from, asked only when its index or bytes are needed; null when it must
///     be in the store, as one made here is
public record Layer(LayerId id, @Nullable LayerOrigin origin) {
    /// {@return a layer that must be in the store}
    public static Layer stored(LayerId id) {
        return new Layer(id, null);
    }
}
