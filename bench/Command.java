import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A command line, as somebody would type it.
///
/// @param environment what differs from this process; an empty value takes the variable away
record Command(List<String> words, Map<String, String> environment) {
    /// What one run of a command took.
    ///
    /// @param millis wall time of the whole command
    /// @param peakKib most memory that the process had resident at one time, without its children, in KiB
    record Measurement(long millis, long peakKib) {}

    private static final int LOG_TAIL = 2000;

    Command {
        words = List.copyOf(words);
        environment = new TreeMap<>(environment);
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment);
    }

    /// Runs it with its output in `log`. Its processes end with it or fail it.
    ///
    /// @throws IOException when it cannot be started or does not exit with 0; the message has the end of its output
    Measurement run(Path log) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(log);
        long peak = 0;
        try {
            // Resident memory is asked while it lives: the kernel's own sum at the end is only for who calls wait4.
            while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, Memory.peakKib(process.pid()));
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            throw stopped;
        }
        long nanos = System.nanoTime() - start;
        if (process.exitValue() != 0) {
            throw new IOException("exit " + process.exitValue() + " of " + String.join(" ", words) + "\n" + tail(log));
        }
        return new Measurement(TimeUnit.NANOSECONDS.toMillis(nanos), peak);
    }

    /// Starts it with its output in `log`; the caller ends it.
    Process start(Path log) throws IOException {
        var builder = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    /// {@return its standard output and error}
    String output(Path log) throws IOException, InterruptedException {
        run(log);
        return Files.readString(log).strip();
    }

    private static String tail(Path log) throws IOException {
        String all = Files.readString(log);
        return all.substring(Math.max(0, all.length() - LOG_TAIL));
    }
}
