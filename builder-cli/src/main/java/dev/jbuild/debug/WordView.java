package dev.jbuild.debug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.frontend.ExpansionException;
import dev.jbuild.frontend.WordExpander;
import dev.jbuild.oci.OciJson;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// What words expand to: `word`, by the function `fn` (`ProcessWord` or `ProcessWords`), with the character `escape`,
/// perhaps with `raw_quotes` or `skip_unset_env`. A line with `env` sets the variables of those that follow.
final class WordView {
    private final Map<String, String> variables = new HashMap<>();

    ObjectNode answer(ObjectNode given) {
        if (!given.has("word") && given.has("env")) {
            CaseFile.texts(given, "env").forEach(this::set);
            return OciJson.newObject();
        }
        var answer = CaseFile.answerTo(given);
        var unmatched = new TreeSet<String>();
        try {
            var word = Word.parse(
                    CaseFile.text(given, "word"),
                    CaseFile.text(given, "escape", "\\").charAt(0));
            var expander = new WordExpander(
                    name -> {
                        var value = variables.get(name);
                        if (value == null) {
                            unmatched.add(name);
                        }
                        return value;
                    },
                    given.path("raw_quotes").asBoolean(),
                    given.path("skip_unset_env").asBoolean());
            if (splits(CaseFile.text(given, "fn", "ProcessWord"))) {
                var words = expander.expandToWords(word);
                answer.set("result", words.isEmpty() ? null : OciJson.newArray(words));
            } else {
                answer.put("result", expander.expandText(word));
                if (!unmatched.isEmpty()) {
                    answer.set("unmatched", OciJson.newArray(unmatched));
                }
            }
        } catch (DockerfileException malformed) {
            answer.put("error", malformed.diagnostics().getFirst().message());
        } catch (ExpansionException noValue) {
            answer.put("error", noValue.getMessage());
        }
        return answer;
    }

    private static boolean splits(String function) {
        return switch (function) {
            case "ProcessWord" -> false;
            case "ProcessWords" -> true;
            default ->
                throw new CaseFile.NoCaseException(
                        "fn has no '" + function + "', functions are ProcessWord and ProcessWords");
        };
    }

    private void set(String assignment) {
        var equals = assignment.indexOf('=');
        if (equals < 0) {
            variables.put(assignment, "");
        } else {
            variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }
}
