package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class InterruptionTest {
    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalEndsTheBuildWithItsExitCode(String signal, int exitCode) throws Exception {
        var process = start();
        var messages = process.errorReader();
        assertThat(messages.readLine()).isEqualTo("building");

        kill(signal, process);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(messages.readLine()).isEqualTo("jbuild: interrupted");
        assertThat(messages.readLine()).isNull();
    }

    @Test
    void aSecondSignalEndsAStubbornBuildAtOnce() throws Exception {
        var process = start("stubborn");
        BufferedReader messages = process.errorReader();
        assertThat(messages.readLine()).isEqualTo("building");

        kill("INT", process);
        assertThat(messages.readLine()).isEqualTo("refused");
        kill("INT", process);

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    private Process start(String... arguments) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowBuild.class.getName(),
                context.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
