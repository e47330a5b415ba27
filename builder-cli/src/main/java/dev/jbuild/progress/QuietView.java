package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent.Level;
import dev.jbuild.event.BuildEvent.Outcome;
import java.time.Duration;

/// Shows nothing.
final class QuietView implements View {
    @Override
    public void started(Step step) {}

    @Override
    public void output(Step step, Duration elapsed, byte[] bytes) {}

    @Override
    public void missed(Step step, String cause) {}

    @Override
    public void finished(Step step, Outcome outcome, Duration elapsed) {}

    @Override
    public void notice(Level level, String text) {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void close() {}
}
