package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IgnoreCorpusTest {
    @TestFactory
    Stream<DynamicTest> recordedMatchesAreOurs() throws IOException {
        List<JsonNode> cases = cases();
        List<String> probes = strings(cases.getFirst().get("probe_paths"));
        return cases.stream()
                .skip(1)
                .map(row -> dynamicTest(row.toString(), () -> {
                    switch (row.get("table").asText()) {
                        case "matches", "matches-multi" ->
                            assertThat(patterns(row)
                                            .excludes(ByteString.of(
                                                    row.get("path").asText())))
                                    .isEqualTo(row.get("match").asBoolean());
                        case "filepath-match" -> matchesFile(row);
                        case "own" -> excludes(row, probes);
                        case "readall" -> reads(row);
                        default -> throw new AssertionError("unknown table");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> realFilesLeaveOutWhatDockerLeavesOut() throws IOException {
        Path folder = Corpus.folder("dockerignore/real");
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".paths")).sorted().toList().stream()
                    .map(paths -> dynamicTest(paths.getFileName().toString(), () -> agrees(paths)));
        }
    }

    private static void agrees(Path paths) throws IOException {
        String base = paths.toString().replaceAll("\\.paths$", "");
        var patterns = IgnorePatterns.parse(".dockerignore", Files.readAllBytes(Path.of(base + ".dockerignore")));
        assertThat(patterns.patterns())
                .extracting(ByteString::utf8)
                .isEqualTo(Files.readAllLines(Path.of(base + ".patterns")));
        var lines = new ArrayList<String>();
        List<String> expected = Files.readAllLines(paths, StandardCharsets.UTF_8);
        for (String line : expected) {
            String path = line.substring(2);
            lines.add((patterns.excludes(ByteString.of(path)) ? "- " : "+ ") + path);
        }
        assertThat(lines).isEqualTo(expected).isNotEmpty();
    }

    private static void matchesFile(JsonNode row) {
        ByteString pattern = ByteString.of(row.get("patterns").get(0).asText());
        if (row.has("error")) {
            assertThatThrownBy(() -> FileGlob.compile(pattern)).isInstanceOf(ContextException.class);
            return;
        }
        var glob = FileGlob.compile(pattern);
        ByteString path = ByteString.of(row.get("path").asText());
        boolean below = path.isBelowOrSame(glob.base());
        int start = glob.base().isEmpty() ? 0 : glob.base().length() + 1;
        assertThat(below && glob.matches(path.substring(start)))
                .isEqualTo(row.get("match").asBoolean());
    }

    private static void excludes(JsonNode row, List<String> probes) {
        if (row.has("error")) {
            assertThatThrownBy(() -> patterns(row)).isInstanceOf(ContextException.class);
            return;
        }
        IgnorePatterns patterns = patterns(row);
        assertThat(probes.stream().filter(path -> patterns.excludes(ByteString.of(path))))
                .containsExactlyElementsOf(strings(row.get("excluded")));
    }

    private static void reads(JsonNode row) {
        byte[] file = row.get("ignorefile").asText().getBytes(StandardCharsets.UTF_8);
        if (row.has("matcher_error")) {
            assertThatThrownBy(() -> IgnorePatterns.parse(".dockerignore", file))
                    .isInstanceOf(ContextException.class);
            return;
        }
        assertThat(IgnorePatterns.parse(".dockerignore", file).patterns())
                .extracting(ByteString::utf8)
                .containsExactlyElementsOf(strings(row.get("patterns")));
    }

    private static IgnorePatterns patterns(JsonNode row) {
        return IgnorePatterns.of(
                strings(row.get("patterns")).stream().map(ByteString::of).toList());
    }

    private static List<JsonNode> cases() throws IOException {
        var json = new ObjectMapper();
        var cases = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(Corpus.folder("dockerignore").resolve("match-cases.jsonl"))) {
            cases.add(json.readTree(line));
        }
        return cases;
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(value -> strings.add(value.asText()));
        return strings;
    }
}
