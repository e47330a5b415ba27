package dev.jbuild.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Steps keep no carrier thread, and starting one is quick.
@Timeout(120)
class ParallelStepsTest {
    @Test
    void eightStepsRunAtOnceWithOneCarrierThread(@TempDir Path directory, @TempDir Path other) throws Exception {
        BusyboxRoot skipsWhereNothingRuns = BusyboxRoot.in(directory);

        assertThat(runEight(List.of(), other)).isEqualTo("01234567 at once\n");
        assertThat(Files.exists(skipsWhereNothingRuns.image)).isTrue();
    }

    @Test
    void stepsRunInsideAUserNamespaceOfOneId(@TempDir Path directory, @TempDir Path other) throws Exception {
        BusyboxRoot skipsWhereNothingRuns = BusyboxRoot.in(directory);

        assertThat(runEight(List.of("unshare", "--user", "--map-root-user"), other))
                .isEqualTo("01234567 at once\n");
        assertThat(Files.exists(skipsWhereNothingRuns.image)).isTrue();
    }

    private static String runEight(List<String> prefix, Path directory) throws Exception {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jbuild.sandbox.ParallelSteps",
                directory.toString()));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aHundredStepsOneAfterTheOther(@TempDir Path directory) throws Exception {
        BusyboxRoot root = BusyboxRoot.in(directory);
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 25; i++) {
                assertThat(root.run(spec -> spec, "/bin/true").status().isSuccess())
                        .isTrue();
            }
            System.out.println("one step: " + (System.nanoTime() - start) / 25_000 + " us");
        }
    }
}
