import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Resident memory of processes, as `/proc` tells it.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
final class Memory {
    private Memory() {}

    /// {@return the high-water mark of a process in KiB; 0 when it has ended}
    static long peakKib(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException ended) {
            // The process has gone between two looks; what was seen before stands.
            return 0;
        }
        return 0;
    }

    /// Sets the high-water mark of a process that keeps running back to what it has now.
    static void forgetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    }
}
