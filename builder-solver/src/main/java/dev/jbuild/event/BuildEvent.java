package dev.jbuild.event;

import dev.jbuild.explain.Cause;
import dev.jbuild.linux.ByteString;
import java.time.Duration;

/// Something a user may want to see while a build runs.
public sealed interface BuildEvent {
    /// A step began: it is being looked up in the cache, or is already running.
    ///
    /// @param step number of the step in this build, counted from 1 in the order in which steps began
    /// @param name what the user calls it, for example `[build 2/3] RUN make`
    record StepStarted(int step, String name) implements BuildEvent {}

    /// A step has to run, since the cache had no result for it.
    record StepMissed(int step, Cause cause) implements BuildEvent {}

    /// Bytes that a step printed, exactly as it printed them.
    ///
    /// @param elapsed since the step began
    record StepOutput(int step, OutputStreamKind stream, Duration elapsed, ByteString bytes) implements BuildEvent {}

    /// A step ended; nothing more comes from it.
    ///
    /// @param elapsed since the step began
    record StepFinished(int step, Outcome outcome, Duration elapsed) implements BuildEvent {}

    /// Something worth one line that belongs to no step, for example which pin a tag resolved to.
    record Notice(Level level, String text) implements BuildEvent {}

    /// Something in the Dockerfile that is probably not meant. Worth being said again when the build is done.
    ///
    /// @param summary one line
    /// @param details why, and where, for whoever wants to know; lines without a line break at the end, or empty
    record Warning(String summary, String details) implements BuildEvent {}

    /// How much a notice matters.
    enum Level {
        INFO,
        WARNING
    }

    /// Which of the two output streams of a step.
    enum OutputStreamKind {
        STDOUT,
        STDERR
    }

    /// How a step ended.
    sealed interface Outcome {
        record Done() implements Outcome {}

        /// The cache had the result; nothing ran.
        record Cached() implements Outcome {}

        /// Another step failed, or the user stopped the build.
        record Canceled() implements Outcome {}

        record Failed(String message) implements Outcome {}
    }
}
