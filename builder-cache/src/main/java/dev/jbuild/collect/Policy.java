package dev.jbuild.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to go.
///
/// Without `all`, a filter or a limit only what no build can use any more. A limit says how much is to go, in the
/// order of worth; without one everything goes that the filters accept.
///
/// @param filters all must accept an item
/// @param all whether more than what dangles is meant
/// @param maximum bytes the store may take; null for no limit
/// @param free bytes that are to be free on the file system; null for no limit
/// @param reserved bytes below which nothing is collected
/// @param keep what was used within this time stays
public record Policy(
        List<ItemFilter> filters,
        boolean all,
        @Nullable Long maximum,
        @Nullable Long free,
        long reserved,
        Duration keep) {
    public Policy {
        filters = List.copyOf(filters);
    }

    /// {@return what brings the store to at most `bytes`}
    public static Policy limit(long bytes) {
        return new Policy(List.of(), false, bytes, null, 0, Duration.ZERO);
    }

    boolean hasLimit() {
        return maximum != null || free != null;
    }

    /// {@return whether an item may go by this policy}
    boolean selects(StoreItem item, Instant now) {
        if (!item.isReclaimable() && !isAskedFor(item)) {
            return false;
        }
        if (!all && filters.isEmpty() && !hasLimit() && !item.isDangling()) {
            return false;
        }
        return filters.stream().allMatch(filter -> filter.accepts(item, now))
                && (keep.isZero() || Duration.between(item.lastUsed(), now).compareTo(keep) >= 0);
    }

    /// A name that somebody gave goes only when names are asked for.
    private boolean isAskedFor(StoreItem item) {
        return all
                && item.kind() == ItemKind.IMAGE
                && filters.stream().anyMatch(filter -> filter.asksFor(ItemKind.IMAGE));
    }
}
