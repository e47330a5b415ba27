package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.Needs;
import dev.jbuild.state.LockTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several processes on one store, some of which are killed.
@Timeout(120)
class ProcessesTest {
    @TempDir
    Path temporary;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void killAll() throws Exception {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    private Path root() {
        return temporary.resolve("state");
    }

    private Process start(List<String> before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                root().toString()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        children.add(child);
        return child;
    }

    private static BufferedReader output(Process child) {
        return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String all(Process child) throws Exception {
        String text = output(child).lines().reduce("", (head, line) -> head + line + "\n");
        assertThat(child.waitFor()).as(text).isZero();
        return text;
    }

    @Test
    void twoProcessesDoEachStepOnce() throws Exception {
        Path log = temporary.resolve("log");
        List<Process> both =
                List.of(start(List.of(), "build", log.toString(), "6"), start(List.of(), "build", log.toString(), "6"));
        assertThat(all(both.get(0))).isEqualTo(all(both.get(1)));
        assertThat(Files.readAllLines(log)).containsExactly("step 0", "step 1", "step 2", "step 3", "step 4", "step 5");
        assertThat(root().resolve("v1/tmp")).isEmptyDirectory();
        assertThat(root().resolve("v1/locks/keys")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"born", "before-objects", "between-objects", "before-records", "after-records", "flushed"})
    void whoeverIsKilledLeavesAStoreThatWorks(String stage) throws Exception {
        for (int time = 0; time < 2; time++) {
            Process child = start(List.of(), "die", stage);
            assertThat(output(child).readLine()).startsWith(stage);
            child.destroyForcibly().waitFor();
        }
        Path log = temporary.resolve("log");
        try (Store store = Store.open(root())) {
            assertEveryLayerIsWhole(store);
            boolean known = store.cache().find(StoreChild.key("step")).isPresent();
            assertThat(known).isEqualTo(stage.equals("after-records") || stage.equals("flushed"));
            LayerId layer = StoreChild.build(store, "step", log);
            store.committer().flush();
            assertThat(Files.exists(log)).isEqualTo(!known);
            assertThat(store.cache().find(StoreChild.key("step"))).isPresent();
            store.layers().verify(Layer.stored(layer));
            store.blobs().put(MediaType.OCI_CONFIG, new byte[] {1}); // Whoever needs a place removes those of the dead.
            try (Stream<Path> places = Files.list(root().resolve("v1/tmp"))) {
                assertThat(places).hasSize(1);
            }
        }
        assertThat(root().resolve("v1/tmp")).isEmptyDirectory();
        assertThat(root().resolve("v1/locks/processes")).isEmptyDirectory();
    }

    private void assertEveryLayerIsWhole(Store store) throws Exception {
        try (Stream<Path> layers = Files.list(root().resolve("v1/layers"))) {
            for (Path layer : layers.toList()) {
                store.layers()
                        .verify(Layer.stored(
                                LayerId.ofDirectoryName(layer.getFileName().toString())));
            }
        }
        try (Stream<Path> blobs = Files.walk(root().resolve("v1/blobs"))) {
            for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
                assertThat(Digest.ofBytes(Files.readAllBytes(blob)).hex())
                        .isEqualTo(blob.getFileName().toString());
            }
        }
    }

    @Test
    void theLockOfOneWhoIsKilledIsFree() throws Exception {
        Process child = start(List.of(), "hold");
        assertThat(output(child).readLine()).isEqualTo("holding false");
        try (Store store = Store.open(root())) {
            Thread killer = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
                child.destroyForcibly();
            });
            long start = System.nanoTime();
            try (LockTable.Hold lock = store.cache().lock(StoreChild.key("held"))) {
                assertThat(lock).isNotNull();
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(50L, 2000L);
            killer.join();
        }
        assertThat(root().resolve("v1/locks/keys")).isEmptyDirectory();
    }

    @Test
    void eightWaitersGetTheLockWithOneCarrierThread() throws Exception {
        assertThat(all(start(List.of(), "waiters"))).isEqualTo("8 of 8\n");
    }

    @Test
    void syncsAndRenamesComeInOrder() throws Exception {
        Needs.tool("strace", "-V");
        Path trace = temporary.resolve("trace");
        Path log = temporary.resolve("log");
        String output = all(start(
                List.of(
                        "strace",
                        "-f",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=syncfs,renameat2,unlinkat,fsync,fdatasync"),
                "build",
                log.toString(),
                "1"));
        assertThat(output).startsWith("i:");
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            if (line.contains("syncfs(")) {
                calls.add("sync");
            } else if (line.contains("renameat2(") && line.contains("\"layers/")) {
                calls.add("layer" + (line.contains("RENAME_NOREPLACE") ? "" : " over another"));
            } else if (line.contains("renameat2(") && line.contains("\"keys/") && line.contains(" = 0")) {
                calls.add("record");
            } else if (line.contains("unlinkat(") && line.contains("\"locks/keys/")) {
                calls.add("unlock");
            }
        }
        assertThat(calls).containsExactly("sync", "layer", "sync", "record", "sync", "unlock");
    }
}
