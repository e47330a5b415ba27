package dev.jbuild.collect;

import java.time.Duration;
import java.time.Instant;

/// What things are worth. Speeds are round numbers of an ordinary machine: they only have to tell a layer that
/// took minutes from one that comes back in a second.
final class Costs {
    private static final long FETCH = 10_000_000;
    private static final long COPY = 50_000_000;
    private static final long COMPRESS = 20_000_000;

    /// What even the smallest thing costs.
    private static final Duration LEAST = Duration.ofMillis(100);

    private Costs() {}

    /// {@return the time to fetch and unpack a layer}
    static Duration fetch(long bytes) {
        return at(bytes, FETCH);
    }

    /// {@return the time to read and write a layer once}
    static Duration copy(long bytes) {
        return at(bytes, COPY);
    }

    /// {@return the time to compress a layer again}
    static Duration compress(long bytes) {
        return at(bytes, COMPRESS);
    }

    private static Duration at(long bytes, long perSecond) {
        return LEAST.plusMillis(bytes / (perSecond / 1000));
    }

    /// {@return seconds to make it again, for each byte, for each second since it was last used} What is worth least
    /// goes first. A time of use in the future counts as now.
    static double value(StoreItem item, Instant now) {
        double seconds = item.cost().plus(LEAST).toMillis() / 1000.0;
        double age = Math.max(1, Duration.between(item.lastUsed(), now).toSeconds());
        return seconds / (Math.max(1, item.bytes()) * age);
    }
}
