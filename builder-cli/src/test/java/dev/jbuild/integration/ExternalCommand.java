package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A program that a test runs, with a time limit after which it is asked for its threads and killed.
final class ExternalCommand {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Path.of("/");

    private ExternalCommand(List<String> words) {
        this.words.addAll(words);
    }

    static ExternalCommand of(String... words) {
        return new ExternalCommand(Arrays.asList(words));
    }

    static ExternalCommand of(List<String> words) {
        return new ExternalCommand(words);
    }

    /// What a program left: all it printed, and its exit code.
    record Result(int exitCode, String out, String err) {
        /// The same result, when it is a success.
        Result orFail() {
            if (exitCode != 0) {
                fail("exit code " + exitCode + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    ExternalCommand in(Path newDirectory) {
        directory = newDirectory;
        return this;
    }

    ExternalCommand with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("jbuild-test", ".out");
        Path err = Files.createTempFile("jbuild-test", ".err");
        try {
            var builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
                Thread.sleep(2000);
                process.destroyForcibly().waitFor();
                fail("no end after " + LIMIT + ": " + words + "\n" + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
