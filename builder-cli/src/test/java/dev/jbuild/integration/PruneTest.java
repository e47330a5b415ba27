package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Builds while the store is pruned.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PruneTest {
    private static final int BUILDS = 16;
    private static final int AT_ONCE = 8;

    @TempDir
    Path directory;

    private BusyboxBuild builds;

    /// Every time in the image is told, so a step that runs again makes the same layer.
    @BeforeEach
    void prepare() throws Exception {
        builds = new BusyboxBuild(directory);
        Files.writeString(builds.context().resolve("file"), "x");
        var text = new StringBuilder("FROM busybox\nARG SOURCE_DATE_EPOCH\nCOPY file /file\n");
        for (int step = 0; step < 6; step++) {
            text.append("RUN mkdir /d%1$d && echo %1$d > /d%1$d/f && touch -d @0 /d%1$d/f /d%1$d\n".formatted(step));
        }
        builds.dockerfile(text.toString());
    }

    private ExternalCommand.Result store(String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jbuild.cli.Main"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--root", directory.resolve("store").toString()));
        return ExternalCommand.of(words).with("LC_ALL", "C.UTF-8").run();
    }

    @Test
    void concurrentBuildsAndAPruneLoopDisturbNobody() throws Exception {
        var over = new AtomicBoolean();
        List<String> images = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE + 1)) {
            Future<Integer> pruner = threads.submit(() -> {
                int times = 0;
                while (!over.get()) {
                    var pruned = store("prune", "--all", "--force");
                    assertThat(pruned.exitCode()).as(pruned.err()).isZero();
                    times++;
                }
                return times;
            });
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < BUILDS; i++) {
                Callable<String> build = () -> {
                    var result = builds.run("--build-arg", "SOURCE_DATE_EPOCH=0", "--quiet");
                    assertThat(result.exitCode()).as(result.err()).isZero();
                    return result.out();
                };
                running.add(threads.submit(build));
            }
            try {
                for (Future<String> each : running) {
                    images.add(each.get());
                }
            } finally {
                over.set(true);
            }
            assertThat(pruner.get()).isPositive();
        }
        assertThat(images).hasSize(BUILDS);
        assertThat(images.stream().distinct()).hasSize(1);
        var checked = store("check", "--deep");
        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).endsWith("The store is healthy.\n");
    }

    @Test
    void whatDuCountsPruneRemoves() throws Exception {
        assertThat(builds.run("-t", "app").exitCode()).isZero();
        assertThat(store("du").out()).contains("image", "layer", "Total:");
        assertThat(store("prune", "--all", "--filter", "type=image").out()).contains("docker.io/library/app:latest");
        assertThat(store("prune", "--all", "--format", "json").out()).contains("\"type\": \"layer\"");
        assertThat(store("du", "--filter", "type=layer").out()).contains("Total:         0B");
        assertThat(store("du", "--filter", "color=red").exitCode()).isEqualTo(2);
    }
}
