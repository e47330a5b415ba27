package dev.jbuild.context;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Real ignore files and recorded answers of other builders, kept outside of the repository.
final class Corpus {
    private Corpus() {}

    /// {@return a folder of the corpus}; the test is skipped where there is none.
    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"), name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "no corpus at " + folder + " (-Djbuild.corpus=DIRECTORY)");
        return folder;
    }
}
