package dev.jbuild.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PlainViewTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "progress");

    @TestFactory
    Stream<DynamicTest> everyCaseMatchesItsGoldenFile() throws IOException {
        try (var directories = Files.list(CASES)) {
            return directories.sorted().toList().stream()
                    .map(directory -> dynamicTest(
                            directory.getFileName().toString(), directory.toUri(), () -> matchesGolden(directory)));
        }
    }

    private static void matchesGolden(Path directory) throws IOException {
        var golden = directory.resolve("plain.golden");
        var shown = show(directory);
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.write(golden, shown);
        }
        assertThat(new String(shown, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(Files.readString(golden));
    }

    private static byte[] show(Path directory) throws IOException {
        var script = new EventScript();
        var messages = new ByteArrayOutputStream();
        var screen = directory.getFileName().toString().contains("screen");
        var terminal = new Terminal(OutputStream.nullOutputStream(), messages, screen, false);
        var progress = BuildProgress.plain(terminal, script::nanoTime);
        script.play(Files.readAllLines(directory.resolve("events")), progress);
        return messages.toByteArray();
    }
}
