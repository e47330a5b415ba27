package dev.jbuild.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskGroupTest {
    @Test
    void resultsArriveFromNestedTasks() throws Exception {
        try (var group = new TaskGroup()) {
            var sum = group.fork("sum", () -> {
                var one = group.fork("one", () -> 1);
                var two = group.fork("two", () -> 2);
                return group.await(one) + group.await(two);
            });
            assertThat(group.await(sum)).isEqualTo(3);
            assertThat(group.firstFailure()).isNull();
        }
    }

    @Test
    void firstFailureInterruptsTheRest() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        try (var group = new TaskGroup()) {
            group.fork("sleeper", () -> {
                started.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException expected) {
                    interrupted.set(true);
                    throw expected;
                }
                return null;
            });
            started.await();
            var failing = group.fork("failing", () -> {
                throw new IllegalStateException("broken");
            });
            assertThatThrownBy(() -> group.await(failing))
                    .isInstanceOf(CancellationException.class)
                    .hasRootCauseMessage("broken");
            assertThat(group.firstFailure()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatAnotherFailureInterruptedTellsThatFailure() throws Exception {
        var started = new CountDownLatch(1);
        try (var group = new TaskGroup()) {
            var sleeper = group.fork("sleeper", () -> {
                started.countDown();
                Thread.sleep(60_000);
                return 1;
            });
            started.await();
            var failing = group.fork("failing", () -> {
                throw new IOException("broken");
            });

            assertThatThrownBy(() -> group.awaitOrThrow(sleeper))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
            assertThatThrownBy(() -> group.awaitOrThrow(failing)).hasMessage("broken");
            assertThatThrownBy(() -> group.awaitOrThrow(group.fork("late", () -> 1)))
                    .hasMessage("broken");
        }
    }

    @Test
    void nothingStartsAfterAFailure() throws Exception {
        try (var group = new TaskGroup()) {
            group.stop();
            assertThat(group.fork("late", () -> 1).isCancelled()).isTrue();
        }
    }

    @Test
    void closeReturnsOnlyWhenEveryThreadHasEnded() throws Exception {
        var ended = new AtomicBoolean();
        var started = new CountDownLatch(1);
        try (var group = new TaskGroup()) {
            group.fork("stubborn", () -> {
                started.countDown();
                long end = System.nanoTime() + 200_000_000L;
                while (System.nanoTime() < end) {
                    Thread.yield();
                }
                ended.set(true);
                return null;
            });
            started.await();
        }
        assertThat(ended).isTrue();
    }
}
