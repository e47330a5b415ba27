package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent.Level;
import dev.jbuild.event.BuildEvent.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One line after the other, in the form of BuildKit's plain progress.
///
/// Steps that run at the same time take turns: the lines of one step stand together in a block under its header, a
/// block is left for a step that has finished, or when it stood for some seconds and another has something to say.
final class PlainView implements View {
    /// How long a block stays before an unfinished step may take its place.
    private static final Duration SHORTEST_BLOCK = Duration.ofSeconds(5);

    /// How long a step may go unmentioned.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    /// A step that ends sooner is mentioned only then, so that cache hits side by side do not interrupt each other.
    private static final Duration SHORTEST_STEP = Duration.ofMillis(200);

    /// CI services end a job that says nothing for ten minutes.
    private static final Duration HEARTBEAT = Duration.ofMinutes(5);

    /// More output waiting than this takes its turn at once: memory is not where a log belongs.
    private static final int LONGEST_WAIT_BYTES = 1 << 20;

    private static final int TRUNCATED_NAME = 72;

    /// A step that has not finished, with what it said while another one's block stood.
    private static final class Running {
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private boolean waitingLineIsOpen;
        private boolean waits = true;
        private long waitsSince;
        private long lastSaid;
        private int number;
    }

    private final Consumer<byte[]> out;
    private final LongSupplier nanoClock;
    private final boolean truncating = "0".equals(System.getenv("PROGRESS_NO_TRUNC"));
    private final Map<Step, Running> running = new LinkedHashMap<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable Step current;
    private long currentSince;
    private boolean lineIsOpen;
    private int printedSteps;
    private boolean printedAnything;

    PlainView(Consumer<byte[]> out, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
    }

    @Override
    public void started(Step step) {
        var state = new Running();
        state.waitsSince = step.startNanos();
        state.lastSaid = step.startNanos();
        running.put(step, state);
    }

    @Override
    public void output(Step step, Duration elapsed, byte[] bytes) {
        var state = state(step);
        long now = nanoClock.getAsLong();
        state.lastSaid = now;
        if (current == step) {
            lineIsOpen = appendLines(text, state, elapsed, bytes, lineIsOpen);
        } else {
            if (!state.waits) {
                state.waits = true;
                state.waitsSince = now;
            }
            number(state);
            state.waitingLineIsOpen = appendLines(state.waiting, state, elapsed, bytes, state.waitingLineIsOpen);
            if (current == null
                    || now - currentSince >= SHORTEST_BLOCK.toNanos()
                    || state.waiting.size() > LONGEST_WAIT_BYTES) {
                open(step, now);
            }
        }
        flush();
    }

    @Override
    public void missed(Step step, String cause) {
        var state = state(step);
        number(state);
        // Nothing was printed by the step yet, so no line of it is open.
        var line = "#" + state.number + " MISS because " + cause + "\n";
        if (current == step) {
            print(line);
        } else {
            state.waiting.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
        flush();
    }

    @Override
    public void finished(Step step, Outcome outcome, Duration elapsed) {
        if (current != step) {
            open(step, nanoClock.getAsLong());
        }
        endLine(step);
        var state = state(step);
        var ending = switch (outcome) {
            case Outcome.Done _ -> "DONE " + Seconds.ofStep(elapsed) + "s";
            case Outcome.Cached _ -> "CACHED";
            case Outcome.Canceled _ -> "CANCELED";
            case Outcome.Failed(var message) -> "ERROR: " + message;
        };
        print("#" + state.number + " " + ending + "\n");
        running.remove(step);
        current = null;
        flush();
    }

    @Override
    public void notice(Level level, String text) {
        if (current != null) {
            leave(current);
        }
        separate();
        print((level == Level.WARNING ? "WARN: " : "") + text + "\n");
        flush();
    }

    @Override
    public void tick(long nowNanos) {
        if (current == null || nowNanos - currentSince >= SHORTEST_BLOCK.toNanos()) {
            var longestWaiting = longestWaiting(nowNanos);
            if (longestWaiting != null) {
                open(longestWaiting, nowNanos);
            }
        }
        for (var entry : running.entrySet()) {
            var state = entry.getValue();
            if (nowNanos - state.lastSaid >= HEARTBEAT.toNanos()) {
                state.lastSaid = nowNanos;
                open(entry.getKey(), nowNanos);
                endLine(entry.getKey());
                print("#" + state.number + " " + Seconds.ofLog(entry.getKey().age(nowNanos)) + " still running\n");
            }
        }
        flush();
    }

    @Override
    public void close() {
        if (current != null) {
            endLine(current);
        }
        flush();
    }

    private @Nullable Step longestWaiting(long now) {
        Step longest = null;
        long since = now;
        for (var entry : running.entrySet()) {
            var step = entry.getKey();
            var state = entry.getValue();
            var patience = current == null || state.waiting.size() > 0 ? SHORTEST_STEP : LONGEST_SILENCE;
            if (step != current && state.waits && now - state.waitsSince >= patience.toNanos()) {
                if (longest == null || state.waitsSince < since) {
                    longest = step;
                    since = state.waitsSince;
                }
            }
        }
        return longest;
    }

    /// Begins a block of `step` and says what waited for it.
    private void open(Step step, long now) {
        if (current == step) {
            return;
        }
        if (current != null) {
            leave(current);
        }
        var state = state(step);
        number(state);
        separate();
        print("#" + state.number + " " + shortened(step.name()) + "\n");
        text.writeBytes(state.waiting.toByteArray());
        lineIsOpen = state.waitingLineIsOpen;
        state.waiting.reset();
        state.waitingLineIsOpen = false;
        state.waits = false;
        current = step;
        currentSince = now;
    }

    private void leave(Step step) {
        endLine(step);
        print("#" + state(step).number + " ...\n");
        current = null;
    }

    private void separate() {
        if (printedAnything) {
            print("\n");
        }
    }

    private void endLine(Step step) {
        if (lineIsOpen) {
            text.writeBytes(step.resetColour());
            print("\n");
            lineIsOpen = false;
        }
    }

    private void number(Running state) {
        if (state.number == 0) {
            state.number = ++printedSteps;
        }
    }

    /// {@return whether the last line is still open}
    private static boolean appendLines(
            ByteArrayOutputStream target, Running state, Duration elapsed, byte[] bytes, boolean open) {
        var prefix = ("#" + state.number + " " + Seconds.ofLog(elapsed) + " ").getBytes(StandardCharsets.US_ASCII);
        var lineIsOpen = open;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (!lineIsOpen) {
                target.writeBytes(prefix);
            }
            lineIsOpen = end == bytes.length;
            end = lineIsOpen ? end : end + 1;
            target.write(bytes, start, end - start);
            start = end;
        }
        return lineIsOpen;
    }

    private String shortened(String name) {
        return truncating && name.length() > TRUNCATED_NAME ? name.substring(0, TRUNCATED_NAME - 3) + "..." : name;
    }

    private Running state(Step step) {
        var state = running.get(step);
        if (state == null) {
            throw new IllegalStateException("not running: " + step.name());
        }
        return state;
    }

    private void print(String line) {
        text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        printedAnything = true;
    }

    private void flush() {
        if (text.size() > 0) {
            out.accept(text.toByteArray());
            text.reset();
        }
    }
}
