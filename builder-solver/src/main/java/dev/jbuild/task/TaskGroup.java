package dev.jbuild.task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Runs tasks on virtual threads and outlives none of them: the first failure interrupts the rest, and [#close()]
/// returns only when every thread has ended.
///
/// Owned by the thread that opened it, but tasks may fork further tasks. It has the shape of the JDK's structured
/// task scope and is to be replaced by it when that is final.
public final class TaskGroup implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Throwable firstFailure;
    private boolean stopped;

    /// Opens a group without tasks.
    public TaskGroup() {}

    /// Starts a task. After a failure nothing starts any more: the future returned is already cancelled.
    ///
    /// @param name of its thread, seen in thread dumps
    public <T extends @Nullable Object> Future<T> fork(String name, Callable<T> task) {
        var future = new FutureTask<T>(() -> {
            try {
                return task.call();
            } catch (Throwable failure) {
                fail(failure);
                throw failure;
            }
        });
        synchronized (threads) {
            if (stopped) {
                future.cancel(false);
                return future;
            }
            threads.add(Thread.ofVirtual().name(name).start(future));
        }
        return future;
    }

    /// {@return the result of a task of this group, waiting for it}
    ///
    /// @throws CancellationException when the task, or another one before it, failed; the cause of all is
    ///     [#firstFailure()]
    /// @throws InterruptedException when the calling thread is interrupted, for example because a sibling failed
    public <T extends @Nullable Object> T await(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            var canceled = new CancellationException("a task that this one needs failed");
            canceled.initCause(failed.getCause());
            throw canceled;
        }
    }

    /// {@return the result of a task of this group, waiting for it} When there is none, the failure that stopped the
    /// group
    /// is thrown as it is: the task itself may only have been interrupted because of it.
    public <T extends @Nullable Object> T awaitOrThrow(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException | CancellationException failed) {
            @Nullable Throwable first = firstFailure();
            @Nullable Throwable own = failed instanceof ExecutionException ? failed.getCause() : failed;
            switch (first == null ? own : first) {
                case IOException failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    /// Interrupts every running task and starts none any more.
    public void stop() {
        synchronized (threads) {
            stopped = true;
            threads.forEach(Thread::interrupt);
        }
    }

    /// {@return the failure that stopped this group, or null}
    public @Nullable Throwable firstFailure() {
        synchronized (threads) {
            return firstFailure;
        }
    }

    /// Interrupts what still runs and waits until it has ended; an interrupt of the caller meanwhile is kept for it.
    @Override
    public void close() {
        stop();
        boolean interrupted = false;
        for (Thread thread : snapshot()) {
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Thread> snapshot() {
        synchronized (threads) {
            return List.copyOf(threads);
        }
    }

    private void fail(Throwable failure) {
        synchronized (threads) {
            boolean consequence = failure instanceof CancellationException || failure instanceof InterruptedException;
            if (firstFailure == null && !(stopped && consequence)) {
                firstFailure = failure;
            }
        }
        stop();
    }
}
