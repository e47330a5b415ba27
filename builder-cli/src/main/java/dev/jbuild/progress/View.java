package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent.Level;
import dev.jbuild.event.BuildEvent.Outcome;
import java.time.Duration;

/// One way to show a build. Called by one thread at a time.
interface View {
    void started(Step step);

    /// A step printed something.
    ///
    /// @param bytes what it printed, already fit to be shown
    void output(Step step, Duration elapsed, byte[] bytes);

    /// A step has to run.
    ///
    /// @param cause why, as the rest of a line
    void missed(Step step, String cause);

    void finished(Step step, Outcome outcome, Duration elapsed);

    void notice(Level level, String text);

    /// Time has passed; called a few times a second.
    void tick(long nowNanos);

    /// Nothing more comes.
    void close();
}
