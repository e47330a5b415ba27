package dev.jbuild.progress;

import dev.jbuild.terminal.TerminalFilter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One step of the build as its viewers know it.
final class Step {
    private final String name;
    private final long startNanos;
    private final LogTail tail;
    private final @Nullable TerminalFilter filter;

    Step(String name, long startNanos, LogTail tail, @Nullable TerminalFilter filter) {
        this.name = singleLine(name);
        this.startNanos = startNanos;
        this.tail = tail;
        this.filter = filter;
    }

    String name() {
        return name;
    }

    /// {@return when it began, on the clock of [System#nanoTime()]}
    long startNanos() {
        return startNanos;
    }

    LogTail tail() {
        return tail;
    }

    /// {@return what of `bytes` may be shown where this build's output goes}
    byte[] displayable(byte[] bytes) {
        return filter == null ? bytes : filter.filter(bytes);
    }

    /// {@return what must follow when the step's line is left before its end}
    byte[] resetColour() {
        return filter == null ? new byte[0] : filter.resetColour();
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - startNanos));
    }

    /// {@return `text` without line breaks and whatever else a terminal might obey}
    static String singleLine(String text) {
        var line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            line.append(Character.isISOControl(character) ? ' ' : character);
        }
        return line.toString();
    }
}
