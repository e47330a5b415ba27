package dev.jbuild.sandbox;

import java.io.IOException;

/// Runs the process of a step so that it sees its root file system and nothing else of the machine.
public interface Sandbox {
    /// Starts a step. The caller waits for it, whatever happens.
    ///
    /// @param output called by one thread of the sandbox, in the order of the output
    /// @throws IOException when not even its thread could be set up
    RunningStep start(SandboxSpec spec, OutputSink output) throws IOException;

    /// Runs a step to its end. May be called on a virtual thread.
    ///
    /// When it returns or throws, no process of the step is left and its root is unmounted.
    ///
    /// @throws SandboxUnavailableException when this machine cannot run any step
    /// @throws InterruptedException when the thread was interrupted; the step has been stopped
    default SandboxResult run(SandboxSpec spec, OutputSink output) throws IOException, InterruptedException {
        RunningStep step = start(spec, output);
        try {
            return step.await();
        } catch (InterruptedException interrupted) {
            step.kill();
            step.awaitUninterruptibly();
            throw interrupted;
        }
    }
}
