package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildListener;
import dev.jbuild.explain.CauseText;
import dev.jbuild.terminal.Terminal;
import dev.jbuild.terminal.TerminalFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Shows a build while it runs, and remembers what an error report will need.
///
/// Takes events from any number of threads and shows them one at a time; a slow terminal slows the build down
/// rather than filling memory. Owned by the thread that opened it.
public final class BuildProgress implements BuildListener, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(150);

    /// A report in a log file is short, for the log stands above it; a live view showed almost nothing.
    private static final int PLAIN_TAIL_LINES = 10;

    private static final int SCREEN_TAIL_LINES = 1000;

    private final View view;
    private final boolean filtered;
    private final int tailLines;
    private final LongSupplier nanoClock;
    private final Map<Integer, Step> steps = new HashMap<>();
    private final List<FailedStep> failed = new ArrayList<>();
    private final List<BuildEvent.Warning> warnings = new ArrayList<>();
    private boolean explaining;
    private boolean closed;

    private BuildProgress(View view, boolean filtered, int tailLines, LongSupplier nanoClock) {
        this.view = view;
        this.filtered = filtered;
        this.tailLines = tailLines;
        this.nanoClock = nanoClock;
    }

    /// Opens the view that `mode` means on this terminal.
    ///
    /// @param explaining whether it is said why steps run
    public static BuildProgress open(ProgressMode mode, boolean explaining, Terminal terminal) {
        var progress = switch (mode) {
            case AUTO -> terminal.isLive() ? live(terminal) : plain(terminal, System::nanoTime);
            case PLAIN -> plain(terminal, System::nanoTime);
            case QUIET -> new BuildProgress(new QuietView(), terminal.isScreen(), SCREEN_TAIL_LINES, System::nanoTime);
        };
        progress.explaining = explaining;
        Thread.ofPlatform().daemon().name("progress").start(progress::keepTicking);
        return progress;
    }

    static BuildProgress plain(Terminal terminal, LongSupplier nanoClock) {
        return new BuildProgress(
                new PlainView(terminal::message, nanoClock), terminal.isScreen(), PLAIN_TAIL_LINES, nanoClock);
    }

    private static BuildProgress live(Terminal terminal) {
        return new BuildProgress(
                new LiveView(terminal::message, System::nanoTime), true, SCREEN_TAIL_LINES, System::nanoTime);
    }

    @Override
    public synchronized void on(BuildEvent event) {
        switch (event) {
            case BuildEvent.StepStarted started -> {
                var step = new Step(
                        started.name(),
                        nanoClock.getAsLong(),
                        new LogTail(tailLines),
                        filtered ? new TerminalFilter() : null);
                steps.put(started.step(), step);
                view.started(step);
            }
            case BuildEvent.StepMissed missed -> {
                if (explaining) {
                    view.missed(step(missed.step()), Step.singleLine(CauseText.of(missed.cause())));
                }
            }
            case BuildEvent.StepOutput output -> {
                var step = step(output.step());
                var bytes = step.displayable(output.bytes().toBytes());
                step.tail().add(output.elapsed(), bytes);
                view.output(step, output.elapsed(), bytes);
            }
            case BuildEvent.StepFinished finished -> {
                var step = step(finished.step());
                if (finished.outcome() instanceof BuildEvent.Outcome.Failed) {
                    failed.add(new FailedStep(step.name(), step.tail().timedLines()));
                }
                view.finished(step, finished.outcome(), finished.elapsed());
            }
            case BuildEvent.Notice notice -> view.notice(notice.level(), notice.text());
            case BuildEvent.Warning warning -> {
                warnings.add(warning);
                view.notice(BuildEvent.Level.WARNING, warning.summary());
            }
        }
    }

    /// {@return the steps that failed so far, those that were only canceled left out}
    public synchronized List<FailedStep> failedSteps() {
        return List.copyOf(failed);
    }

    /// {@return what was warned of so far}
    public synchronized List<BuildEvent.Warning> warnings() {
        return List.copyOf(warnings);
    }

    synchronized void tick() {
        view.tick(nanoClock.getAsLong());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            view.close();
            notifyAll();
        }
    }

    private synchronized void keepTicking() {
        while (!closed) {
            try {
                wait(TICK.toMillis());
            } catch (InterruptedException _) {
                return;
            }
            if (!closed) {
                tick();
            }
        }
    }

    private Step step(int number) {
        var step = steps.get(number);
        if (step == null) {
            throw new IllegalStateException("step " + number + " was never started");
        }
        return step;
    }
}
