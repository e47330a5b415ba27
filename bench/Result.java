import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// What one timed step of a workload took with each builder.
///
/// @param step such as `copy cold`
/// @param target highest ratio that is aimed at; 0 when there is none
/// @param runs by name of the builder, jbuild first; in the order of the rounds
record Result(String step, double target, SequencedMap<String, List<Command.Measurement>> runs) {
    /// {@return the median time of a builder in milliseconds}
    long medianMillis(String builder) {
        List<Long> millis = new ArrayList<>();
        for (Command.Measurement run : runs.get(builder)) {
            millis.add(run.millis());
        }
        millis.sort(null);
        int size = millis.size();
        return (millis.get((size - 1) / 2) + millis.get(size / 2)) / 2;
    }

    /// {@return the highest peak of a builder over all rounds, in KiB}
    long peakKib(String builder) {
        long peak = 0;
        for (Command.Measurement run : runs.get(builder)) {
            peak = Math.max(peak, run.peakKib());
        }
        return peak;
    }

    /// {@return time of jbuild to that of the fastest peer; not a number when there is no peer}
    double ratio() {
        long fastest = Long.MAX_VALUE;
        for (String builder : runs.keySet()) {
            if (!builder.equals("jbuild")) {
                fastest = Math.min(fastest, medianMillis(builder));
            }
        }
        return fastest == Long.MAX_VALUE ? Double.NaN : (double) medianMillis("jbuild") / fastest;
    }
}
