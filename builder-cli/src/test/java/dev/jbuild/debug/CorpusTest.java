package dev.jbuild.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.Examination;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.oci.OciJson;
import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The views agree with what BuildKit's packages say, key for key.
class CorpusTest {
    private static final int MAX_SIZE = 64 << 20;

    @TempDir
    private Path directory;

    private static Path corpus() {
        var folder = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"));
        assumeTrue(Files.isDirectory(folder), "no corpus at " + folder + " (-Djbuild.corpus=FOLDER)");
        return folder;
    }

    @TestFactory
    Stream<DynamicTest> realFilesAreReadAlike() throws IOException {
        var files = corpus().resolve("dockerfiles");
        try (var expected = Files.list(files.resolve("expected"))) {
            return expected.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(file -> {
                        var name = file.getFileName().toString().replace(".json", "");
                        return DynamicTest.dynamicTest(name, () -> {
                            var source = files.resolve(name + ".Dockerfile");
                            var view = AstView.of(Examination.of(SourceFile.of(name, Files.readAllBytes(source))));
                            assertThat(comparable(view)).isEqualTo(comparable(json(Files.readAllBytes(file))));
                        });
                    });
        }
    }

    @Test
    void smallFilesAreReadAlike() throws IOException {
        agree(
                corpus().resolve("parser/cases.jsonl"),
                List.of("id", "dockerfile"),
                new View.AstCases(directory.resolve("cases")));
    }

    @Test
    void wordsAreExpandedAlike() throws IOException {
        agree(
                corpus().resolve("shell/cases.jsonl"),
                List.of("env", "word", "fn", "escape", "raw_quotes", "skip_unset_env"),
                new View.WordCases(directory.resolve("cases")));
    }

    @Test
    void patternsMatchAlike() throws IOException {
        agree(
                corpus().resolve("dockerignore/match-cases.jsonl"),
                List.of("probe_paths", "table", "patterns", "path", "ignorefile"),
                new View.IgnoreCases(directory.resolve("cases")));
    }

    private void agree(Path file, List<String> inputs, View view) throws IOException {
        var given = new ArrayList<String>();
        var expected = new ArrayList<ObjectNode>();
        for (var line : Files.readAllLines(file)) {
            var node = json(line.getBytes(StandardCharsets.UTF_8));
            var answer = node.deepCopy();
            node.retain(inputs);
            if (node.path("table").asText().equals("readall")) {
                node.remove("patterns");
            } else {
                answer.remove("patterns");
            }
            inputs.stream().filter(key -> !key.equals("patterns")).forEach(answer::remove);
            given.add(new String(OciJson.print(node), StandardCharsets.UTF_8));
            if (!answer.isEmpty()) {
                expected.add(comparable(answer));
            }
        }
        Files.write(directory.resolve("cases"), given);
        var results = new ByteArrayOutputStream();
        DebugCommand.show(view, new Terminal(results, results, false, false));
        var answers = new ArrayList<ObjectNode>();
        for (var line : results.toString(StandardCharsets.UTF_8).lines().toList()) {
            var answer = json(line.getBytes(StandardCharsets.UTF_8));
            answer.remove("id");
            answers.add(comparable(answer));
        }
        assertThat(answers).containsExactlyElementsOf(expected);
    }

    /// Errors are told in words of our own.
    private static ObjectNode comparable(ObjectNode node) {
        for (var key : List.of("parse_error", "instr_error")) {
            if (node.get(key) instanceof ObjectNode error) {
                error.remove("message");
            }
        }
        for (var key : List.of("error", "matcher_error")) {
            if (node.has(key)) {
                node.put(key, true);
            }
        }
        return json(OciJson.print(node));
    }

    private static ObjectNode json(byte[] bytes) {
        JsonNode node = OciJson.parse("corpus", bytes, MAX_SIZE);
        return (ObjectNode) node;
    }
}
