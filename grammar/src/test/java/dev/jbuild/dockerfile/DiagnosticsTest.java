package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DiagnosticsTest {
    private static final Path CASES =
            Path.of(System.getProperty("jbuild.testdata", "testdata")).resolve("dockerfile/diagnostics");

    @TestFactory
    Stream<DynamicTest> everyCaseMatchesItsGoldenFile() throws IOException {
        try (var directories = Files.list(CASES)) {
            return directories.sorted().toList().stream()
                    .map(directory -> dynamicTest(
                            directory.getFileName().toString(),
                            directory.toUri(),
                            () -> matchesGolden(directory.resolve("diagnostics.golden"), describe(directory))));
        }
    }

    private static String describe(Path directory) throws IOException {
        var bytes = Files.readAllBytes(directory.resolve("Dockerfile"));
        try {
            var source = SourceFile.of("Dockerfile", bytes);
            var shown = new StringBuilder();
            for (var warning : Dockerfile.parse(source).warnings()) {
                shown.append(warning.render(source));
            }
            return shown.toString();
        } catch (DockerfileException refused) {
            return refused.render();
        }
    }

    private static void matchesGolden(Path golden, String actual) throws IOException {
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
