package dev.jbuild.progress;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The last lines that a step printed, each with the time of its first byte. Bounded, however much comes.
final class LogTail {
    /// What is beyond this in one line is cut: an error report is for reading.
    static final int LONGEST_LINE = 4096;

    private record Line(Duration elapsed, ByteArrayOutputStream bytes) {}

    private final int limit;
    private final Deque<Line> lines = new ArrayDeque<>();
    private boolean open;

    /// @param limit how many lines are kept
    LogTail(int limit) {
        this.limit = limit;
    }

    void add(Duration elapsed, byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                append(elapsed, bytes, start, i);
                open = false;
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            append(elapsed, bytes, start, bytes.length);
        }
    }

    /// {@return the lines, oldest first, each as `SECONDS text` without a line end}
    List<byte[]> timedLines() {
        var result = new ArrayList<byte[]>();
        for (var line : lines) {
            var text = new ByteArrayOutputStream();
            text.writeBytes(Seconds.ofLog(line.elapsed).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            text.write(' ');
            text.writeBytes(line.bytes.toByteArray());
            result.add(text.toByteArray());
        }
        return result;
    }

    /// {@return the last `count` lines, oldest first, as they were printed}
    List<byte[]> last(int count) {
        var result = new ArrayList<byte[]>();
        for (var line : lines) {
            result.add(line.bytes.toByteArray());
        }
        return result.subList(Math.max(0, result.size() - count), result.size());
    }

    private void append(Duration elapsed, byte[] bytes, int start, int end) {
        if (!open) {
            if (lines.size() == limit) {
                lines.removeFirst();
            }
            lines.addLast(new Line(elapsed, new ByteArrayOutputStream()));
            open = true;
        }
        var line = lines.getLast().bytes;
        line.write(bytes, start, Math.min(end - start, Math.max(0, LONGEST_LINE - line.size())));
    }
}
