package dev.jbuild.store;

import dev.jbuild.collect.ItemFilter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the store is to go.
///
/// @param all whether more than what no build can use
/// @param maxUsed what the store may take, a size or a share of the file system; null for no limit
/// @param minFree what is to be free on the file system, likewise
/// @param reserved what the store may always take, likewise
/// @param keep what was used within this time stays
public record PruneRequest(
        List<ItemFilter> filters,
        boolean all,
        @Nullable String maxUsed,
        @Nullable String minFree,
        @Nullable String reserved,
        Duration keep,
        ReportFormat format) {
    public PruneRequest {
        filters = List.copyOf(filters);
    }
}
