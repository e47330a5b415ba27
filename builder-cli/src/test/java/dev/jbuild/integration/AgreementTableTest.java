package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/agreement.md` is the list of all cases by topic.
class AgreementTableTest {
    private static final Path TESTDATA = Path.of(System.getProperty("jbuild.testdata"));

    @Test
    void everyCaseStandsInTheTableOnceAndNothingElseDoes() throws IOException {
        try (Stream<Path> cases = Files.list(TESTDATA.resolve("agreement/cases"))) {
            assertThat(inTable())
                    .containsExactlyInAnyOrderElementsOf(
                            cases.map(path -> path.getFileName().toString()).toList());
        }
    }

    /// {@return what the second column of the first table has in backquotes}
    private static List<String> inTable() throws IOException {
        var names = new ArrayList<String>();
        for (String line : Files.readAllLines(TESTDATA.resolveSibling("docs/agreement.md"))) {
            if (line.startsWith("## ")) {
                break;
            }
            if (line.startsWith("| ")) {
                String[] parts = line.substring(line.indexOf(" | ") + 3).split("`", -1);
                for (int i = 1; i < parts.length; i += 2) {
                    names.add(parts[i]);
                }
            }
        }
        return names;
    }
}
