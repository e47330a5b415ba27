package dev.jbuild.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Words mean what the tables of BuildKit's own tests say.
class ShellTablesTest {
    private final WordView view = new WordView();

    private static List<String> rows(String table) throws IOException {
        var folder = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"));
        assumeTrue(Files.isDirectory(folder), "no corpus at " + folder + " (-Djbuild.corpus=FOLDER)");
        return Files.readAllLines(folder.resolve("shell").resolve(table)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void singleWordsAreThoseOfTheTable() throws IOException {
        define("PWD=/home", "SHELL=bash", "KOREAN=한국어", "NULL=");
        var expected = new ArrayList<String>();
        var found = new ArrayList<String>();
        for (var row : rows("envVarTest")) {
            var columns = row.split("\\|", -1);
            if (columns[0].strip().equals("W")) {
                continue;
            }
            var word = columns[1].strip();
            expected.add(word + " -> " + columns[2].strip());
            var answer = answer(word, "ProcessWord");
            found.add(word + " -> "
                    + (answer.has("error") ? "error" : answer.get("result").asText()));
        }
        assertThat(found).isEqualTo(expected).hasSize(115);
    }

    @Test
    void listsOfWordsAreThoseOfTheTable() throws IOException {
        var expected = new ArrayList<String>();
        var found = new ArrayList<String>();
        for (var row : rows("wordsTest")) {
            if (row.startsWith("ENV ")) {
                define(row.substring("ENV ".length()).stripLeading());
                continue;
            }
            var bar = row.indexOf('|');
            var word = row.substring(0, bar).strip();
            expected.add(word + " -> " + row.substring(bar + 1).stripLeading());
            var words = new ArrayList<String>();
            answer(word, "ProcessWords").get("result").forEach(each -> words.add(each.asText()));
            found.add(word + " -> " + String.join(",", words));
        }
        assertThat(found).isEqualTo(expected).hasSize(12);
    }

    private void define(String... assignments) {
        var line = OciJson.newObject();
        line.set("env", OciJson.newArray(List.of(assignments)));
        view.answer(line);
    }

    private ObjectNode answer(String word, String function) {
        var line = OciJson.newObject();
        line.put("word", word);
        line.put("fn", function);
        return view.answer(line);
    }
}
