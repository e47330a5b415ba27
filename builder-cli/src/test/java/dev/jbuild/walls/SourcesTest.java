package dev.jbuild.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules for the source files of all modules.
class SourcesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("jbuild.testdata")).toAbsolutePath().getParent();
    private static final int LONGEST_FILE = 400;

    @Test
    void noFileIsTooLongToRead() throws IOException {
        assertThat(sources("src/main/java").filter(file -> lines(file) > LONGEST_FILE))
                .as("files above %d lines", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(sources("src/main/java")
                        .filter(file -> !file.endsWith("module-info.java"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(directory -> !Files.exists(directory.resolve("package-info.java"))))
                .as("packages without package-info.java")
                .isEmpty();
    }

    private static Stream<Path> sources(String folder) throws IOException {
        try (var modules = Files.list(ROOT)) {
            return modules
                    .map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .sorted()
                    .flatMap(SourcesTest::javaFiles)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
