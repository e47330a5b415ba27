package dev.jbuild.solver;

import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildEvent.Outcome;
import dev.jbuild.event.BuildListener;
import dev.jbuild.explain.Cause;
import dev.jbuild.linux.ByteString;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells the listener of steps, each with its number.
final class StepProgress {
    private final BuildListener listener;
    private final AtomicInteger count = new AtomicInteger();

    StepProgress(BuildListener listener) {
        this.listener = listener;
    }

    Step start(String name) {
        var step = new Step(count.incrementAndGet(), System.nanoTime());
        listener.on(new BuildEvent.StepStarted(step.number, name));
        return step;
    }

    /// A step that has begun.
    final class Step {
        private final int number;
        private final long begin;

        private Step(int number, long begin) {
            this.number = number;
            this.begin = begin;
        }

        void print(BuildEvent.OutputStreamKind stream, ByteString bytes) {
            listener.on(new BuildEvent.StepOutput(number, stream, elapsed(), bytes));
        }

        void warn(String text) {
            listener.on(new BuildEvent.Notice(BuildEvent.Level.WARNING, text));
        }

        void missed(Cause cause) {
            listener.on(new BuildEvent.StepMissed(number, cause));
        }

        void finish(Outcome outcome) {
            listener.on(new BuildEvent.StepFinished(number, outcome, elapsed()));
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }
}
