package dev.jbuild.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Prints the two forms of [OciJson]; used once.
final class JsonPrinter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    JsonPrinter(boolean pretty) {
        this.pretty = pretty;
    }

    byte[] print(JsonNode node) {
        value(node, 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, depth);
            case ARRAY -> array(node, depth);
            case STRING -> string(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN, NULL -> out.append(node.asText());
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        }
    }

    private void object(JsonNode object, int depth) {
        out.append('{');
        boolean first = true;
        for (String name : names(object)) {
            separate(first, depth + 1);
            first = false;
            string(name);
            out.append(pretty ? ": " : ":");
            value(object.get(name), depth + 1);
        }
        close(first, '}', depth);
    }

    private void array(JsonNode array, int depth) {
        out.append('[');
        boolean first = true;
        for (JsonNode element : array) {
            separate(first, depth + 1);
            first = false;
            value(element, depth + 1);
        }
        close(first, ']', depth);
    }

    private List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (!pretty) {
            names.sort(JsonPrinter::compareUtf8);
        }
        return names;
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            out.append(',');
        }
        newline(depth);
    }

    private void close(boolean empty, char bracket, int depth) {
        if (!empty) {
            newline(depth);
        }
        out.append(bracket);
    }

    private void newline(int depth) {
        if (pretty) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void number(JsonNode number) {
        switch (number.numberType()) {
            case INT, LONG, BIG_INTEGER, BIG_DECIMAL -> out.append(number.asText());
            case FLOAT, DOUBLE ->
                throw new IllegalArgumentException("a floating point number has no canonical form: " + number.asText());
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else if (Character.isSurrogate(c)) {
                        i = surrogatePair(text, i);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private int surrogatePair(String text, int at) {
        int character = text.codePointAt(at);
        if (!Character.isSupplementaryCodePoint(character)) {
            throw new IllegalArgumentException("half a surrogate pair in " + Excerpt.quoted(text));
        }
        out.appendCodePoint(character);
        return at + 1;
    }

    /// Java compares UTF-16 units, which puts U+10000 and above before U+E000; UTF-8 bytes sort as code points.
    private static int compareUtf8(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length()) {
            int difference = Integer.compare(left.codePointAt(at), right.codePointAt(at));
            if (difference != 0) {
                return difference;
            }
            at += Character.charCount(left.codePointAt(at));
        }
        return Integer.compare(left.length(), right.length());
    }
}
