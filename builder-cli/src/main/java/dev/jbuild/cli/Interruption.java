package dev.jbuild.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/// Turns a signal into an interrupt of the thread that builds, and remembers it for the exit code.
///
/// A second signal, or a build that does not come to its end in time, ends the process at once: what a build leaves
/// behind then is what a power cut would leave, and the next one copes with that.
final class Interruption {
    /// More than the grace that a running step has before it is killed.
    private static final Duration LONGEST_CLEANUP = Duration.ofSeconds(10);

    private static final int SIGNAL_EXIT_CODE = 128;

    private final Thread builder;
    private @Nullable Signal received;

    private Interruption(Thread builder) {
        this.builder = builder;
    }

    /// Takes over the signals that ask a process to end. One that was ignored when the process started stays so.
    static Interruption of(Thread builder) {
        var interruption = new Interruption(builder);
        for (var name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), interruption::receive);
        }
        return interruption;
    }

    /// {@return the exit code of the signal that came, or null when none did}
    synchronized @Nullable Integer exitCode() {
        return received == null ? null : SIGNAL_EXIT_CODE + received.getNumber();
    }

    private synchronized void receive(Signal signal) {
        if (received != null) {
            Runtime.getRuntime().halt(SIGNAL_EXIT_CODE + signal.getNumber());
        }
        received = signal;
        builder.interrupt();
        Thread.ofPlatform().daemon().name("cleanup-limit").start(() -> haltAfterCleanup(signal));
    }

    private static void haltAfterCleanup(Signal signal) {
        try {
            Thread.sleep(LONGEST_CLEANUP);
        } catch (InterruptedException _) {
            // Nobody interrupts this thread; if somebody did, there is nothing left to wait for.
        }
        Runtime.getRuntime().halt(SIGNAL_EXIT_CODE + signal.getNumber());
    }
}
