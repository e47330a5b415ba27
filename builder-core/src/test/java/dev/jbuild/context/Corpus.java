package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Real ignore files and recorded answers of other builders, kept outside of the repository.
final class Corpus {
    private Corpus() {}

    /// {@return a folder of the corpus}; the test is skipped where there is none.
    static Path folder(String name) {
        Path repository =
                Path.of(System.getProperty("jbuild.testdata", "../testdata")).toAbsolutePath();
        String given = System.getProperty("jbuild.corpus");
        Path corpus =
                given == null ? repository.resolveSibling("../shared/corpus").normalize() : Path.of(given);
        Path folder = corpus.resolve(name);
        if (given != null) {
            assertThat(folder).isDirectory();
        }
        Assumptions.assumeTrue(Files.isDirectory(folder), "no corpus at " + folder + " (-Djbuild.corpus=DIRECTORY)");
        return folder;
    }
}
