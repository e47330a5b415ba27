package dev.jbuild.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import org.jspecify.annotations.Nullable;

/// Indexes in memory, the least useful given up when there are too many entries. Made on first use, for a build
/// that needs no index starts faster without it.
final class IndexCache {
    /// An entry takes some 150 bytes encoded; a quarter of the heap may go.
    private static final long BYTES_PER_ENTRY = 150;

    private final Cache<LayerId, LayerIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_ENTRY)
            .weigher((LayerId id, LayerIndex index) -> index.entries().size() + 1)
            .executor(Runnable::run)
            .build();

    @Nullable
    LayerIndex find(LayerId id) {
        return indexes.getIfPresent(id);
    }

    void remove(LayerId id) {
        indexes.invalidate(id);
    }

    void put(LayerIndex index) {
        indexes.put(index.id(), index);
    }
}
