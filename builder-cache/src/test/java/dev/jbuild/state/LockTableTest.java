package dev.jbuild.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LockTableTest {
    private static final ByteString FILE = ByteString.of("locks/keys/x");

    @TempDir
    Path temporary;

    private StateDirectory state;
    private LockTable table;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        state = StateDirectory.open(temporary.resolve("state"));
        table = new LockTable(state);
        file = temporary.resolve("state/v1/locks/keys/x");
    }

    @AfterEach
    void close() throws Exception {
        state.close();
    }

    private boolean isFreeForOthers() throws Exception {
        var lock = FileLock.tryAcquire(state.directory(), FILE, FileLock.Mode.EXCLUSIVE);
        lock.ifPresent(FileLock::close);
        return lock.isPresent();
    }

    @Test
    void theFileExistsOnlyWhileTheLockIsHeld() throws Exception {
        LockTable.Hold hold = table.acquire(FILE);
        assertThat(file).exists();
        assertThat(isFreeForOthers()).isFalse();
        hold.close();
        hold.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeptLockLetsOnlyThisProcessGoOn() throws Exception {
        LockTable.Hold hold = table.acquire(FILE);
        Runnable release = hold.keep();
        hold.close();
        assertThat(isFreeForOthers()).isFalse();
        table.acquire(FILE).close();
        assertThat(isFreeForOthers()).isFalse();
        release.run();
        assertThat(file).doesNotExist();
    }

    @Test
    void oneThreadAtATime() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (LockTable.Hold hold = table.acquire(FILE)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(10);
                    int ignored = inside.decrementAndGet();
                    assertThat(hold).isNotNull();
                } catch (Exception unexpected) {
                    most.set(100);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void twoTablesExcludeEachOther() throws Exception {
        var other = new LockTable(state);
        LockTable.Hold hold = table.acquire(FILE);
        var got = new CountDownLatch(1);
        Thread waiter = Thread.ofVirtual().start(() -> {
            try (LockTable.Hold second = other.acquire(FILE)) {
                assertThat(second).isNotNull();
                got.countDown();
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertThat(got.await(200, TimeUnit.MILLISECONDS)).isFalse();
        hold.close();
        assertThat(got.await(2, TimeUnit.SECONDS)).isTrue();
        waiter.join();
        assertThat(file).doesNotExist();
    }

    @Test
    void aWaiterCanBeInterrupted() throws Exception {
        try (LockTable.Hold hold = table.acquire(FILE)) {
            assertThat(hold).isNotNull();
            for (LockTable each : new LockTable[] {table, new LockTable(state)}) {
                var interrupted = new CountDownLatch(1);
                Thread waiter = Thread.ofVirtual().start(() -> {
                    try {
                        each.acquire(FILE).close();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    } catch (Exception unexpected) {
                        throw new AssertionError(unexpected);
                    }
                });
                Thread.sleep(50);
                waiter.interrupt();
                assertThat(interrupted.await(2, TimeUnit.SECONDS)).isTrue();
            }
        }
        table.acquire(FILE).close();
    }

    @Test
    void aLockFileThatSomebodyRemovedIsMadeAgain() throws Exception {
        LockTable.Hold hold = table.acquire(FILE);
        Files.delete(file);
        var other = new LockTable(state);
        LockTable.Hold second = other.acquire(FILE); // nothing protects from this, but nobody hangs or fails
        hold.close();
        second.close();
        assertThat(file).doesNotExist();
    }
}
