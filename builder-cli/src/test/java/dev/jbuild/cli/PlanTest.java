package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plans of whole files: `testdata/plan/NAME.Dockerfile` has the plan `NAME.txt`.
class PlanTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "plan");

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> plansAreAsTheyAlwaysWere() throws IOException {
        return files(CASES, ".Dockerfile").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    results.reset();
                    assertThat(plan(file.toString())).isEqualTo(ExitCode.DONE);
                    var golden = Path.of(file.toString().replace(".Dockerfile", ".txt"));
                    if ("update".equals(System.getProperty("jbuild.golden"))) {
                        Files.writeString(golden, results());
                    }
                    assertThat(golden).hasContent(results());
                }));
    }

    @Test
    void graphvizAndProgramsCanReadAPlan() throws IOException {
        var file = Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCOPY a \"b\\\"\"\n");

        assertThat(plan("--format=dot", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(results()).isEqualTo("""
                digraph "%s" {
                  node [shape=box]
                  1 [label="[1/1] COPY a b\\""]
                }
                """.formatted(file));
        results.reset();
        assertThat(plan("--format=json", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(results())
                .contains("\"contexts\":[\"\"]", "\"line\":2", "\"number\":1")
                .endsWith("}\n");
    }

    @Test
    void oneFileWithoutAPlanDoesNotHideTheOthers() throws IOException {
        var good = Files.writeString(directory.resolve("good"), "FROM scratch\n");
        var bad = Files.writeString(directory.resolve("bad"), "FROM scratch AS a\nFROM a\nCOPY --from=7 a b\n");

        assertThat(plan("--time", bad.toString(), good.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(results()).startsWith("image\n   files: none\n");
        assertThat(messages())
                .startsWith(bad + ":3:6: invalid stage index 7\n2 files, median ")
                .endsWith(" ms\n");
    }

    @Test
    void everyRealFileHasAPlanOrAReason() throws IOException {
        var corpus = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"));
        if (!Files.isDirectory(corpus)) {
            System.out.println("PlanTest without real files: no corpus at " + corpus + " (-Djbuild.corpus=FOLDER)");
        }
        assumeTrue(Files.isDirectory(corpus), "no corpus at " + corpus + " (-Djbuild.corpus=FOLDER)");
        var arguments = new ArrayList<>(List.of("--time"));
        var files = files(corpus.resolve("dockerfiles"), ".Dockerfile");
        files.forEach(file -> arguments.add(file.toString()));

        assertThat(plan(arguments.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);

        var lines = messages().lines().toList();
        System.out.println("real files planned: " + lines.getLast());
        assertThat(lines.getLast()).startsWith(files.size() + " files, median ");
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith(corpus + "/dockerfiles/"));
        var plans = results().lines().filter(line -> line.equals("image")).count();
        assertThat(plans + lines.size() - 1).isEqualTo(files.size());
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private ExitCode plan(String... arguments) {
        var words = new ArrayList<>(List.of("debug", "plan", "--offline", "--platform=linux/amd64"));
        words.addAll(List.of(arguments));
        var settings = new Settings(Map.of("HOME", "/home/me"), "1000", "/home/me", "");
        return Main.run(words.toArray(String[]::new), settings, new Terminal(results, messages, false, false));
    }

    private String results() {
        return results.toString(StandardCharsets.UTF_8);
    }

    private String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
