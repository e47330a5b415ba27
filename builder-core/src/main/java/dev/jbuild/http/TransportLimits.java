package dev.jbuild.http;

import java.time.Duration;

/// How long and how often the network is waited for.
///
/// @param connect until a connection stands
/// @param answer until the head of an answer is there
/// @param stall without a byte of a body
/// @param attempts at one exchange, the first included
/// @param firstDelay before the second attempt, at most; doubles with each one
/// @param longestDelay before an attempt; also what a server may ask for by `Retry-After`
public record TransportLimits(
        Duration connect, Duration answer, Duration stall, int attempts, Duration firstDelay, Duration longestDelay) {
    /// Patient enough for twenty seconds without network, and a Ctrl-C never waits for them.
    public static final TransportLimits DEFAULT = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));

    /// {@return the most that is waited before an attempt}
    ///
    /// @param failures how many attempts failed, at least one
    Duration backoff(int failures) {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - 1, 20));
        return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
    }
}
