package dev.jbuild.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.LayerId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Collecting while others build, and dying while collecting.
@Timeout(300)
class CollectionRaceTest {
    private static final int BUILDERS = 8;
    private static final int BUILDS = 10;
    private static final int KILLS = Integer.getInteger("jbuild.kills", 5);

    @TempDir
    Path temporary;

    /// Each store is a process as far as locks go: they belong to open files.
    @Test
    void nothingThatABuildFoundVanishes() throws Exception {
        var fixture = new StoreFixture(temporary.resolve("state"));
        var over = new AtomicBoolean();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<Integer> pruned = threads.submit(() -> {
                int removed = 0;
                while (!over.get()) {
                    removed +=
                            fixture.prune(StoreFixture.everything()).removed().size();
                }
                return removed;
            });
            List<Future<List<LayerId>>> builds = new ArrayList<>();
            for (int i = 0; i < BUILDERS; i++) {
                String name = i % 2 == 0 ? "" : "app" + i;
                Callable<List<LayerId>> builder = () -> {
                    List<LayerId> layers = List.of();
                    for (int time = 0; time < BUILDS; time++) {
                        try (Store store = fixture.open()) {
                            layers = StoreFixture.build(store, name, 6);
                            StoreFixture.check(store, layers);
                        }
                    }
                    return layers;
                };
                builds.add(threads.submit(builder));
            }
            try {
                for (Future<List<LayerId>> build : builds) {
                    assertThat(build.get()).hasSize(6);
                }
                assertThat(builds.get(0).get()).isEqualTo(builds.get(2).get());
            } finally {
                over.set(true);
            }
            assertThat(pruned.get()).isPositive();
        }
        try (Store store = fixture.open()) {
            assertThat(StoreCheck.check(store, true)).isEmpty();
        }
    }

    @Test
    void whoeverIsKilledWhileCollectingLeavesAHealthyStore() throws Exception {
        Path root = temporary.resolve("state");
        var fixture = new StoreFixture(root);
        var random = new Random(7);
        for (int time = 0; time < KILLS; time++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CollectionChild.class.getName(),
                            root.toString(),
                            "prune")
                    .redirectErrorStream(true)
                    .start();
            try {
                var output = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
                assertThat(output.readLine()).isEqualTo("started");
                Thread.sleep(200 + random.nextInt(600));
            } finally {
                child.destroyForcibly().waitFor();
            }
            try (Store store = fixture.open()) {
                assertThat(StoreCheck.check(store, true))
                        .as("kill %d", time)
                        .noneMatch(problem -> problem.severity() != Problem.Severity.LEFTOVER);
                List<LayerId> layers = StoreFixture.build(store, "", 12);
                StoreFixture.check(store, layers);
            }
            try (Stream<Path> places = Files.list(root.resolve("v1/tmp"))) {
                assertThat(places).isEmpty();
            }
        }
    }

    @Test
    void aFullDiskCanBePruned() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString()), "cannot mount a tmpfs");
        try {
            var fixture = new StoreFixture(disk.resolve("state"));
            try (Store store = fixture.open()) {
                Object ignored = StoreFixture.build(store, "", 8);
            }
            fill(disk.resolve("fill"));
            Collection done = fixture.prune(StoreFixture.everything());
            assertThat(StoreFixture.kinds(done))
                    .filteredOn(kind -> kind.startsWith("layer"))
                    .hasSize(8);
            try (Store store = fixture.open()) {
                assertThat(StoreFixture.build(store, "", 2)).hasSize(2);
            }
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static void fill(Path file) throws Exception {
        var page = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(page);
            }
        } catch (java.io.IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
