package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileLockTest {
    private static final ByteString NAME = ByteString.of("lock");

    private Directory directory;

    @BeforeEach
    void open(@TempDir Path path) throws Exception {
        directory = Directory.open(ByteString.of(path.toString()));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void oneExclusiveHolderEvenWithinAProcess() throws Exception {
        FileLock held =
                FileLock.tryAcquire(directory, NAME, FileLock.Mode.EXCLUSIVE).orElseThrow();

        assertThat(FileLock.tryAcquire(directory, NAME, FileLock.Mode.SHARED)).isEmpty();
        held.close();
        try (FileLock first = FileLock.tryAcquire(directory, NAME, FileLock.Mode.SHARED)
                        .orElseThrow();
                FileLock second = FileLock.tryAcquire(directory, NAME, FileLock.Mode.SHARED)
                        .orElseThrow()) {
            assertThat(first.tryChange(FileLock.Mode.EXCLUSIVE)).isFalse();
            assertThat(second.file().status().isRegular()).isTrue();
        }
    }

    @Test
    void anotherDescriptorOfTheFileDoesNotReleaseIt() throws Exception {
        try (FileLock held = FileLock.acquire(directory, NAME, FileLock.Mode.EXCLUSIVE)) {
            directory.openFile(NAME).close();

            assertThat(FileLock.tryAcquire(directory, NAME, FileLock.Mode.EXCLUSIVE))
                    .isEmpty();
            assertThat(held.file().status().links()).isEqualTo(1);
        }
    }

    @Test
    void aLockOnADeletedFileIsTakenAnew() throws Exception {
        try (FileLock old = FileLock.acquire(directory, NAME, FileLock.Mode.EXCLUSIVE)) {
            directory.unlink(NAME);
            try (FileLock current = FileLock.acquire(directory, NAME, FileLock.Mode.EXCLUSIVE)) {
                assertThat(current.file().status().isSameFile(old.file().status()))
                        .isFalse();
            }
        }
    }

    @Test
    void manyVirtualThreadsTakeTurns() throws Exception {
        int[] counter = {0};
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.submit(() -> {
                    try (FileLock lock = FileLock.acquire(directory, NAME, FileLock.Mode.EXCLUSIVE)) {
                        int before = counter[0];
                        Thread.sleep(1);
                        counter[0] = before + 1;
                        return lock.file().number();
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(counter[0]).isEqualTo(16);
    }
}
