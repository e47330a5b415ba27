package dev.jbuild.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Programs that tests compare with and that a machine may lack.
public final class ExternalTool {
    private ExternalTool() {}

    /// Skips the test when a program is missing; on a build server, where nothing may be skipped, fails it.
    public static void require(String... programs) {
        for (String program : programs) {
            if (!exists(program)) {
                String reason = program + " is not installed";
                if ("true".equals(System.getenv("CI"))) {
                    fail(reason);
                }
                Assumptions.abort(reason);
            }
        }
    }

    /// Runs a program to its end, which must be a good one.
    ///
    /// @return what it printed
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", List.of(command), output).isZero();
        return output;
    }

    private static boolean exists(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
