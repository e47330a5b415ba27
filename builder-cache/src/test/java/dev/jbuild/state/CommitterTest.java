package dev.jbuild.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class CommitterTest {
    @TempDir
    Path temporary;

    private StateDirectory state;
    private Committer committer;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() throws Exception {
        state = StateDirectory.open(temporary.resolve("state"));
        committer = new Committer(state);
    }

    @AfterEach
    void close() throws Exception {
        state.close();
    }

    private final class Noted implements Pending {
        private final Order order;
        private final String name;
        private final @Nullable IOException failure;

        Noted(Order order, String name, @Nullable IOException failure) {
            this.order = order;
            this.name = name;
            this.failure = failure;
        }

        @Override
        public Order order() {
            return order;
        }

        @Override
        public void publish() throws IOException {
            events.add("publish " + name);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void settled(@Nullable IOException reason) {
            events.add("settled " + name + (reason == null ? "" : ": " + reason.getMessage()));
        }
    }

    private Noted object(String name) {
        return new Noted(Pending.Order.OBJECT, name, null);
    }

    private Noted record(String name) {
        return new Noted(Pending.Order.RECORD, name, null);
    }

    @Test
    void objectsComeBeforeRecords() throws Exception {
        committer.add(object("layer 1"));
        committer.add(record("record 1"));
        committer.add(object("layer 2"));
        committer.add(record("record 2"));
        committer.flush();
        assertThat(events)
                .containsExactly(
                        "publish layer 1",
                        "publish layer 2",
                        "publish record 1",
                        "publish record 2",
                        "settled layer 1",
                        "settled record 1",
                        "settled layer 2",
                        "settled record 2");
        committer.close();
    }

    @Test
    void aGroupBeginsByItselfWithinAboutASecond() throws Exception {
        var done = new CountDownLatch(1);
        long start = System.nanoTime();
        committer.addFile(Pending.Order.RECORD, ByteString.of("refs/x"), new byte[] {7}, failure -> done.countDown());
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 5000L);
        assertThat(state.read(ByteString.of("refs/x"), 10)).containsExactly(7);
        committer.close();
    }

    @Test
    void afterAFailureNothingIsPublishedAnyMore() throws Exception {
        committer.add(new Noted(Pending.Order.OBJECT, "layer", new IOException("boom")));
        committer.add(record("record"));
        String message = "state directory '" + state.root() + "': boom";
        assertThatThrownBy(committer::flush).isInstanceOf(StateException.class).hasMessage(message);
        committer.add(object("later"));
        assertThatThrownBy(committer::flush).hasMessage(message);
        assertThat(events)
                .containsExactly("publish layer", "settled layer: boom", "settled record: boom", "settled later: boom");
        assertThatThrownBy(committer::close).hasMessage(message);
    }

    @Test
    void closingCommitsWhatIsWaiting() throws Exception {
        committer.add(object("layer"));
        committer.close();
        assertThat(events).containsExactly("publish layer", "settled layer");
        assertThatThrownBy(() -> committer.add(object("late"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyMayFlushAtOnce() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String name = "layer " + i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 5; round++) {
                    committer.add(object(name));
                    try {
                        committer.flush();
                    } catch (InterruptedException unexpected) {
                        throw new AssertionError(unexpected);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        committer.flush();
        assertThat(events).hasSize(80);
        committer.close();
    }

    @Test
    void aFlushCanBeInterrupted() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        committer.add(new Pending() {
            @Override
            public Order order() {
                return Order.OBJECT;
            }

            @Override
            public void publish() throws IOException {
                entered.countDown();
                try {
                    release.await();
                } catch (InterruptedException impossible) {
                    throw new IOException(impossible);
                }
            }

            @Override
            public void settled(@Nullable IOException failure) {}
        });
        var interrupted = new CountDownLatch(1);
        Thread flusher = Thread.ofVirtual().start(() -> {
            try {
                committer.flush();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        });
        entered.await();
        flusher.interrupt();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        committer.close();
    }
}
