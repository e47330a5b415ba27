package dev.jbuild.layer;

/// A point in time as the kernel keeps it.
///
/// @param seconds since 1970-01-01T00:00:00Z, negative before it
/// @param nanos always counted forward from `seconds`, 0 to 999,999,999
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
    /// 1970-01-01T00:00:00Z
    public static final Timestamp EPOCH = new Timestamp(0, 0);

    public Timestamp {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
        }
    }

    public static Timestamp ofSeconds(long seconds) {
        return seconds == 0 ? EPOCH : new Timestamp(seconds, 0);
    }

    @Override
    public int compareTo(Timestamp other) {
        int bySeconds = Long.compare(seconds, other.seconds);
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
    }
}
