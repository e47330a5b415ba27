package dev.jbuild.task;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Lets only so many tasks at a time do work of one kind.
public final class Throttle {
    private final Semaphore permits;

    private Throttle(int permits) {
        this.permits = new Semaphore(permits, true);
    }

    /// {@return a throttle of `permits` tasks at a time, first come first served}
    public static Throttle of(int permits) {
        return new Throttle(permits);
    }

    /// Runs `work` when its turn comes.
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        permits.acquire();
        try {
            return work.call();
        } finally {
            permits.release();
        }
    }
}
