package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.JsonArray;
import dev.jbuild.dockerfile.antlr.MappedText;
import org.jspecify.annotations.Nullable;

/// One string in a JSON object.
final class JsonMember {
    private JsonMember() {}

    /// Returns the string under a key of the object that a text is, or null: there is no such, it is no string, or the
    /// text is something else. Of several with one key the last counts.
    ///
    /// @param start where its brace opens
    static @Nullable String find(String text, int start, String key) {
        // As the only element of an array, so that one reader of JSON is enough.
        var whole = MappedText.of("[" + text.substring(start).replace('\n', ' ') + "]");
        if (JsonArray.read(whole, 0, whole.size()).kind() != JsonArray.Kind.OTHER) {
            return null;
        }
        String value = null;
        var depth = 0;
        for (var at = 0; at < whole.size(); at++) {
            switch (whole.character(at)) {
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                case ',' -> {
                    if (depth == 1) {
                        return null;
                    }
                }
                case '"' -> {
                    var end = stringEnd(whole, at);
                    var colon = skipBlanks(whole, end);
                    if (depth == 2 && whole.character(colon) == ':') {
                        var name = JsonStrings.decode(whole.slice(at, end)).toString();
                        var first = skipBlanks(whole, colon + 1);
                        if (name.equals(key)) {
                            value = whole.character(first) == '"'
                                    ? JsonStrings.decode(whole.slice(first, stringEnd(whole, first)))
                                            .toString()
                                    : null;
                        }
                        at = colon;
                    } else {
                        at = end - 1;
                    }
                }
                default -> {}
            }
        }
        return value;
    }

    private static int stringEnd(MappedText text, int start) {
        var at = start + 1;
        while (text.character(at) != '"') {
            at += text.character(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int skipBlanks(MappedText text, int start) {
        var at = start;
        while (text.character(at) == ' ' || text.character(at) == '\t' || text.character(at) == '\r') {
            at++;
        }
        return at;
    }
}
