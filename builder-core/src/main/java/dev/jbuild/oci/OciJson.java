package dev.jbuild.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The one place where JSON is read and printed.
///
/// Reading is strict, because two readers that disagree about a document disagree about an image: UTF-8 only and
/// no byte order mark, no duplicate keys (I-JSON, RFC 7493), nothing after the value, bounded size, depth and
/// length of numbers, no lone surrogates.
///
/// Printing is deterministic. The **canonical form** ([#print(JsonNode)]) has no blanks, keys in the order of
/// their UTF-8 bytes, and escapes only `"`, `\` and control characters (`\b \t \n \f \r`, otherwise lower-case
/// hex after a backslash and `u`). Integers are plain decimals. A decimal fraction that was read is written with
/// the digits it was read with; a `double` has no canonical form and is refused. Times are strings, see
/// [Rfc3339]. The **pretty form** ([#printPretty(JsonNode)]) keeps the order of the node and indents by two
/// blanks like Go's `json.MarshalIndent`.
public final class OciJson {
    /// Manifests, indexes and configs; the bound most registries and clients set for a manifest.
    public static final int MAX_DOCUMENT_SIZE = 4 << 20;

    /// Real documents nest less than ten deep; readers and printers here recurse.
    private static final int MAX_DEPTH = 64;

    /// Longer than any integer of 64 bits; parsing long numbers takes quadratic time.
    private static final int MAX_NUMBER_LENGTH = 64;

    private OciJson() {}

    /// Parses a document of at most 4 MiB.
    ///
    /// @param document what to call it in messages, for example `manifest`
    /// @throws MalformedImageException when it is not strict JSON
    public static JsonNode parse(String document, byte[] bytes) {
        return parse(document, bytes, MAX_DOCUMENT_SIZE);
    }

    /// Parses a document.
    ///
    /// @param document what to call it in messages, for example `manifest`
    /// @param maxSize bytes
    /// @throws MalformedImageException when it is not strict JSON
    public static JsonNode parse(String document, byte[] bytes, int maxSize) {
        if (bytes.length > maxSize) {
            throw new MalformedImageException(
                    document, "is " + bytes.length + " bytes long, more than the " + maxSize + " allowed");
        }
        try (JsonParser parser = Reader.FACTORY.createParser(decode(document, bytes))) {
            if (parser.nextToken() == null) {
                throw new MalformedImageException(document, "is empty");
            }
            JsonNode node = value(document, parser);
            if (parser.nextToken() != null) {
                throw new MalformedImageException(document, "has something after the JSON value");
            }
            return node;
        } catch (JsonProcessingException notJson) {
            throw new MalformedImageException(document, "not valid JSON: " + Excerpt.of(notJson.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new AssertionError("reading from memory", impossible);
        }
    }

    /// {@return the canonical form}
    ///
    /// @throws IllegalArgumentException when the node holds a `double`, a lone surrogate or something that is not
    ///     JSON
    public static byte[] print(JsonNode node) {
        return new JsonPrinter(false).print(node);
    }

    /// {@return the pretty form, without a newline at the end}
    ///
    /// @throws IllegalArgumentException as [#print(JsonNode)]
    public static byte[] printPretty(JsonNode node) {
        return new JsonPrinter(true).print(node);
    }

    /// {@return a new empty object, to be filled and printed}
    public static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// {@return a new empty array, to be filled and printed}
    public static ArrayNode newArray() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// {@return a new array of strings}
    public static ArrayNode newArray(Iterable<String> elements) {
        ArrayNode array = newArray();
        elements.forEach(array::add);
        return array;
    }

    private static char[] decode(String document, byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
            throw new MalformedImageException(document, "starts with a byte order mark");
        }
        try {
            var characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            var text = new char[characters.remaining()];
            characters.get(text);
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedImageException(document, "is not UTF-8 text");
        }
    }

    private static JsonNode value(String document, JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(document, parser);
            case START_ARRAY -> array(document, parser);
            case VALUE_STRING -> nodes.textNode(wellFormed(document, parser.getText()));
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> nodes.numberNode(parser.getLongValue());
                    default -> nodes.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new AssertionError("no value starts with " + token);
        };
    }

    private static ObjectNode object(String document, JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(document, parser.currentName());
            parser.nextToken();
            object.set(name, value(document, parser));
        }
        return object;
    }

    private static ArrayNode array(String document, JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(document, parser));
        }
        return array;
    }

    /// An escape such as `\ud800` can make a string that has no UTF-8 form.
    private static String wellFormed(String document, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new MalformedImageException(document, "has half a surrogate pair in " + Excerpt.quoted(text));
            }
        }
        return text;
    }

    /// Made when the first document is read, not when a document is printed.
    private static final class Reader {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Names are kept as strings of the document: no global table that hostile names could fill.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }
}
