package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jbuild.context.IgnorePatterns.Verdict;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Generated patterns, also malformed ones, against what Docker makes of them (`testdata/ignore`).
class PatternCasesTest {
    @TestFactory
    Stream<DynamicTest> patternsMeanWhatTheyMeanToDocker() throws IOException {
        var json = new ObjectMapper();
        Path file = Path.of(System.getProperty("jbuild.testdata"), "ignore", "cases.jsonl");
        List<String> lines = Files.readAllLines(file);
        List<ByteString> probes = texts(json.readTree(lines.getFirst()).get("probe_paths"));
        var cases = new ArrayList<JsonNode>();
        for (String line : lines.subList(1, lines.size())) {
            cases.add(json.readTree(line));
        }
        return cases.stream().map(row -> dynamicTest(row.toString(), () -> check(row, probes)));
    }

    private static void check(JsonNode row, List<ByteString> probes) {
        if (row.has("error")) {
            assertThatThrownBy(() -> answer(row, probes)).isInstanceOf(ContextException.class);
        } else if (row.has("match")) {
            assertThat(answer(row, probes)).isEqualTo(row.get("match").asBoolean());
        } else {
            assertThat(answer(row, probes)).isEqualTo(texts(row.get("excluded")));
        }
    }

    private static Object answer(JsonNode row, List<ByteString> probes) {
        List<ByteString> patterns = texts(row.get("patterns"));
        return switch (row.get("table").asText()) {
            case "filepath-match" ->
                FileGlob.matches(
                        patterns.getFirst(), ByteString.of(row.get("path").asText()));
            case "own" ->
                probes.stream().filter(IgnorePatterns.of(patterns)::excludes).toList();
            case "walk" -> walk(IgnorePatterns.of(patterns), probes);
            default -> throw new AssertionError("unknown table in " + row);
        };
    }

    private static List<ByteString> walk(IgnorePatterns patterns, List<ByteString> probes) {
        Map<ByteString, Verdict> verdicts = new HashMap<>();
        verdicts.put(ByteString.EMPTY, Verdict.ROOT);
        for (ByteString path : probes) {
            verdicts.put(path, patterns.judge(path, verdicts.get(path.parent())));
        }
        return probes.stream().filter(path -> verdicts.get(path).excluded()).toList();
    }

    private static List<ByteString> texts(JsonNode array) {
        var texts = new ArrayList<ByteString>();
        array.forEach(text -> texts.add(ByteString.of(text.asText())));
        return texts;
    }
}
