package dev.jbuild.sandbox;

import java.io.IOException;

/// A step that was started and may have ended. Safe for use by several threads.
public interface RunningStep {
    /// Waits for the end without keeping the carrier of a virtual thread. An interrupt ends only the waiting.
    ///
    /// @throws SandboxUnavailableException when this machine cannot run any step
    /// @throws IOException when its output could not be passed on
    SandboxResult await() throws IOException, InterruptedException;

    /// Waits for the end as [#await()], whatever it is; an interrupt is kept for later.
    void awaitUninterruptibly();

    /// Asks all processes of the step to end, and kills them when they have not after two seconds. Returns at once.
    void kill();
}
