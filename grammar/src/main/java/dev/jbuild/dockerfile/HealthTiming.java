package dev.jbuild.dockerfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a health check runs and how often it may fail. Null where nothing is written; zero means the same to
/// those who read the image, but is kept.
///
/// @param interval `--interval`, zero or at least a millisecond, as the other durations
/// @param timeout `--timeout`
/// @param startPeriod `--start-period`
/// @param startInterval `--start-interval`
/// @param retries `--retries`, never negative
public record HealthTiming(
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Duration startPeriod,
        @Nullable Duration startInterval,
        @Nullable Integer retries) {
    /// Nothing is written.
    static final HealthTiming NONE = new HealthTiming(null, null, null, null, null);
}
