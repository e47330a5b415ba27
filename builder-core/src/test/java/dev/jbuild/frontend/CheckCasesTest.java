package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// The build checks on all cases of `testdata/lint/cases`.
class CheckCasesTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "lint", "cases");

    @TestFactory
    Stream<DynamicNode> everyCaseHasItsFindings() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream()
                    .map(CheckCasesTest::casesOf);
        }
    }

    private static DynamicNode casesOf(Path file) {
        return dynamicContainer(
                file.getFileName().toString(),
                file.toUri(),
                CheckCase.read(file).stream()
                        .map(each -> dynamicTest(each.name(), () -> {
                            assertThat(each.run(false)).as("build").isEqualTo(each.expected("builds"));
                            assertThat(each.run(true)).as("check").isEqualTo(each.expected("checks"));
                        })));
    }

    @TestFactory
    Stream<DynamicNode> brokenFileHasTheFindingsOfWhatStandsBefore() {
        return List.of(
                        "FROM scratch AS Upper\nCOPY --from=nowhere:x:y a /\nMAINTAINER me\n",
                        "FROM scratch AS Upper\nMAINTAINER me\nCOPY --from=5 a /\n")
                .stream()
                .map(text -> dynamicTest(text, () -> {
                    var found = new ArrayList<>(new CheckCase("", text, List.of()).run(true));
                    assertThat(found).hasSize(3);
                    assertThat(found.getFirst()).startsWith("StageNameCasing");
                    assertThat(found.get(1)).startsWith("MaintainerDeprecated");
                    assertThat(found.getLast()).startsWith("fails ");
                }));
    }
}
