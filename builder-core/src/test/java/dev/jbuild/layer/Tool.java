package dev.jbuild.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another program that a test compares with. Without it the test is skipped, but fails where CI promises it.
final class Tool {
    private Tool() {}

    /// Makes sure that `program` is there; as root it is installed from the Debian package of this name.
    static void require(String program, String debianPackage) throws IOException, InterruptedException {
        if (isThere(program)) {
            return;
        }
        if (System.getProperty("user.name").equals("root") && Files.exists(Path.of("/usr/bin/apt-get"))) {
            new ProcessBuilder("apt-get", "install", "-y", "-q", debianPackage)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.MINUTES);
        }
        if (!isThere(program)) {
            assertThat(System.getenv("CI")).as("CI needs " + program).isNotEqualTo("true");
            assumeTrue(false, program + " is not installed");
        }
    }

    static void requireRoot() {
        boolean root = System.getProperty("user.name").equals("root");
        if (!root) {
            assertThat(System.getenv("CI")).as("CI runs as root").isNotEqualTo("true");
        }
        assumeTrue(root, "needs root");
    }

    private static boolean isThere(String program) {
        for (String directory : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    /// {@return what the command printed; it must succeed}
    static String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = new String(output, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + text)
                .isZero();
        return text;
    }
}
