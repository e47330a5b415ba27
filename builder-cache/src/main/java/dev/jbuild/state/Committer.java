package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Invariants.
 * - Whoever adds something has written it whole, in the process directory, before.
 * - Objects of a group are in their places, durably, before one of its records is: a record's objects were added
 *   before it, so they are in its group or an earlier one.
 * - After the first failure nothing is published any more: a later record may name what failed.
 * - `settled` of each pending is called exactly once, outside the lock.
 */
/// Makes what was born durable and moves it to its place, in groups: `syncfs`, rename the objects, `syncfs`, rename
/// the records, `syncfs`.
///
/// A group begins at the latest one second after its first member was added, or when somebody [flushes][#flush()].
/// The work is done by one platform thread, which starts with the first member.
public final class Committer implements AutoCloseable {
    private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StateDirectory state;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Pending> waiting = new ArrayList<>();
    private long firstAdded;
    private long added;
    private long settled;
    private boolean hurry;
    private boolean closed;
    private volatile @Nullable IOException failure;
    private @Nullable Thread thread;

    /// @param state not owned, closed after this
    public Committer(StateDirectory state) {
        this.state = state;
    }

    /// Adds something that is complete in the process directory.
    public void add(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the committer is closed");
            }
            if (waiting.isEmpty()) {
                firstAdded = System.nanoTime();
            }
            waiting.add(pending);
            added++;
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("jbuild-committer").start(this::run);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Writes a file and adds it; it replaces what has its name.
    ///
    /// @param path from [StateDirectory]
    /// @param settled see [Pending#settled]
    public void addFile(Pending.Order order, ByteString path, byte[] content, Consumer<@Nullable IOException> settled)
            throws IOException {
        ByteString birth = state.processDirectory().newFile(content);
        add(new PendingFile(state, order, birth, path, settled));
    }

    /// Waits until everything that was added before is durable in its place.
    ///
    /// @throws StateException when something is not; once that happened, always
    public void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long upTo = added;
            if (settled < upTo) {
                hurry = true;
                changed.signalAll();
            }
            while (settled < upTo) {
                changed.await();
            }
            if (failure != null) {
                throw state.explain(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the thread after a last group; waits for it even when interrupted.
    ///
    /// @throws StateException when something is not durable in its place
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            joinUninterruptibly(running);
        }
        if (failure != null) {
            throw state.explain(failure);
        }
    }

    private static void joinUninterruptibly(Thread running) {
        boolean interrupted = false;
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            List<Pending> group = nextGroup();
            if (group.isEmpty()) {
                return;
            }
            IOException reason = commit(group);
            for (Pending pending : group) {
                pending.settled(reason);
            }
            lock.lock();
            try {
                failure = reason;
                settled += group.size();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// {@return what to do next; nothing when it is time to end}
    private List<Pending> nextGroup() {
        lock.lock();
        try {
            while (!closed) {
                if (waiting.isEmpty()) {
                    hurry = false;
                    changed.await();
                    continue;
                }
                long left = firstAdded + DELAY_NANOS - System.nanoTime();
                if (hurry || left <= 0) {
                    break;
                }
                long ignored = changed.awaitNanos(left);
            }
            hurry = false;
            List<Pending> group = waiting;
            waiting = new ArrayList<>();
            return group;
        } catch (InterruptedException impossible) {
            throw new AssertionError("nobody interrupts the committer", impossible);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable IOException commit(List<Pending> group) {
        if (failure != null) {
            return failure;
        }
        try {
            boolean records = group.stream().anyMatch(pending -> pending.order() == Pending.Order.RECORD);
            state.directory().syncFileSystem();
            if (publish(group, Pending.Order.OBJECT)) {
                state.removeFile(StateDirectory.measuredStamp());
                state.directory().syncFileSystem();
            }
            if (records) {
                boolean ignored = publish(group, Pending.Order.RECORD);
                state.directory().syncFileSystem();
            }
            return null;
        } catch (IOException reason) {
            return reason;
        } catch (RuntimeException bug) {
            // Those who wait must hear of it: a committer that died would let them wait for ever.
            return new IOException("committing failed: " + bug, bug);
        }
    }

    private static boolean publish(List<Pending> group, Pending.Order order) throws IOException {
        boolean some = false;
        for (Pending pending : group) {
            if (pending.order() == order) {
                pending.publish();
                some = true;
            }
        }
        return some;
    }
}
