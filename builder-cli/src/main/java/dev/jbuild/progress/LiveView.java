package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent.Level;
import dev.jbuild.event.BuildEvent.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Finished steps scroll by, one line each; below them a few lines show what is going on now.
///
/// The lines below are few and drawn with the terminal's line wrapping switched off, so this view never needs to know
/// how large the terminal is, and a change of its size does no harm.
final class LiveView implements View {
    private static final int MOST_RUNNING = 5;
    private static final int MOST_LOG_LINES = 4;

    private static final String ESCAPE = "\033[";
    private static final String NO_WRAP = ESCAPE + "?7l";
    private static final String WRAP = ESCAPE + "?7h";
    private static final String CLEAR_BELOW = "\r" + ESCAPE + "J";
    private static final String RESET = ESCAPE + "0m";
    private static final String FAINT = ESCAPE + "2m";
    private static final String RED = ESCAPE + "31m";
    private static final String YELLOW = ESCAPE + "33m";
    private static final String BLUE = ESCAPE + "34m";
    private static final int OUTCOME_WIDTH = 8;

    private final Consumer<byte[]> out;
    private final long startNanos;
    private final LongSupplier nanoClock;
    private final Set<Step> running = new LinkedHashSet<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int finished;
    private int drawnLines;

    LiveView(Consumer<byte[]> out, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    @Override
    public void started(Step step) {
        running.add(step);
    }

    @Override
    public void output(Step step, Duration elapsed, byte[] bytes) {
        // The next drawing takes the last lines from the step's tail.
    }

    @Override
    public void missed(Step step, String cause) {
        permanent(FAINT + "=> " + column("MISS") + step.name() + " because " + cause + RESET);
    }

    @Override
    public void finished(Step step, Outcome outcome, Duration elapsed) {
        running.remove(step);
        finished++;
        var line = switch (outcome) {
            case Outcome.Done _ -> BLUE + "=> " + column(Seconds.ofStep(elapsed) + "s") + step.name();
            case Outcome.Cached _ -> BLUE + "=> " + column("CACHED") + step.name();
            case Outcome.Canceled _ -> YELLOW + "=> " + column("CANCELED") + step.name();
            case Outcome.Failed _ -> RED + "=> " + column("ERROR") + step.name();
        };
        permanent(line + RESET);
    }

    @Override
    public void notice(Level level, String text) {
        permanent(level == Level.WARNING ? YELLOW + "WARN: " + text + RESET : text);
    }

    @Override
    public void tick(long nowNanos) {
        erase();
        print(NO_WRAP);
        line(FAINT + "[+] " + Seconds.ofStep(Duration.ofNanos(nowNanos - startNanos)) + "s, " + finished
                + " steps done, " + running.size() + " running" + RESET);
        int shown = 0;
        for (var step : running) {
            if (shown++ == MOST_RUNNING) {
                break;
            }
            line("=> " + column(Seconds.ofStep(step.age(nowNanos)) + "s") + step.name());
        }
        for (var bytes : lastOutput()) {
            print(FAINT + "   # ");
            text.writeBytes(bytes);
            line(RESET);
        }
        print(WRAP);
        flush();
    }

    @Override
    public void close() {
        erase();
        flush();
    }

    private List<byte[]> lastOutput() {
        var lines = new ArrayList<byte[]>();
        for (var step : running) {
            lines.addAll(step.tail().last(Math.max(1, MOST_LOG_LINES / running.size())));
            if (lines.size() >= MOST_LOG_LINES) {
                break;
            }
        }
        return lines;
    }

    private void permanent(String line) {
        erase();
        print(line + "\n");
        tick(nanoClock.getAsLong());
    }

    private void erase() {
        print((drawnLines == 0 ? "" : ESCAPE + drawnLines + "A") + CLEAR_BELOW);
        drawnLines = 0;
    }

    private void line(String end) {
        print(end + "\n");
        drawnLines++;
    }

    private static String column(String outcome) {
        return " ".repeat(Math.max(0, OUTCOME_WIDTH - outcome.length())) + outcome + " ";
    }

    private void print(String part) {
        text.writeBytes(part.getBytes(StandardCharsets.UTF_8));
    }

    private void flush() {
        out.accept(text.toByteArray());
        text.reset();
    }
}
