package dev.jbuild.debug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import dev.jbuild.terminal.Terminal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file of cases: one JSON object a line. Each is answered by one line.
final class CaseFile {
    /// A case holds a whole file at most.
    private static final int MAX_CASE = 64 << 20;

    private CaseFile() {}

    /// Answers one case.
    interface Answer {
        /// {@return what to print; an empty object when the line is no case but a setting of those that follow}
        ObjectNode to(ObjectNode given);
    }

    /// Answers all cases in their order.
    ///
    /// @throws MalformedCaseException when a line is no object, or lacks what the view needs
    static void answer(Path file, Answer answer, Terminal terminal) throws IOException {
        try (var input = new BufferedInputStream(Files.newInputStream(file))) {
            var line = new ByteArrayOutputStream();
            var number = 0;
            while (readLine(input, line)) {
                number++;
                if (!isBlank(line)) {
                    var result = answer(file, number, line.toByteArray(), answer);
                    if (!result.isEmpty()) {
                        terminal.result(new String(OciJson.print(result), StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    private static ObjectNode answer(Path file, int number, byte[] line, Answer answer) {
        try {
            if (OciJson.parse("case", line, MAX_CASE) instanceof ObjectNode given) {
                return answer.to(given);
            }
            throw new MalformedCaseException(file + ":" + number + ": a case is a JSON object");
        } catch (MalformedImageException | NoCaseException malformed) {
            throw new MalformedCaseException(file + ":" + number + ": " + malformed.getMessage());
        }
    }

    private static boolean isBlank(ByteArrayOutputStream line) {
        return line.toString(StandardCharsets.UTF_8).isBlank();
    }

    private static boolean readLine(InputStream input, ByteArrayOutputStream line) throws IOException {
        line.reset();
        var next = input.read();
        if (next < 0) {
            return false;
        }
        for (; next >= 0 && next != '\n'; next = input.read()) {
            line.write(next);
        }
        return true;
    }

    /// A case that lacks something, or asks for something that there is not.
    static final class NoCaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoCaseException(String message) {
            super(message);
        }
    }

    static String text(ObjectNode given, String key) {
        var value = given.get(key);
        if (value == null || !value.isTextual()) {
            throw new NoCaseException("the case has no string '" + key + "'");
        }
        return value.asText();
    }

    static String text(ObjectNode given, String key, String otherwise) {
        return given.has(key) ? text(given, key) : otherwise;
    }

    static List<String> texts(ObjectNode given, String key) {
        var texts = new ArrayList<String>();
        for (JsonNode each : given.path(key)) {
            texts.add(each.asText());
        }
        return texts;
    }

    /// {@return an answer that can be told from others}
    static ObjectNode answerTo(ObjectNode given) {
        var answer = OciJson.newObject();
        if (given.has("id")) {
            answer.set("id", given.get("id"));
        }
        return answer;
    }
}
