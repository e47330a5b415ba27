package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciJsonTest {
    @Test
    void canonicalFormSortsKeysByTheirUtf8Bytes() {
        assertThat(canonical("{ \"b\": [1, 2.50, true, null], \"\\ud83d\\ude00\": 1, \"\\uffee\": 2, \"a\": {} }"))
                .isEqualTo("{\"a\":{},\"b\":[1,2.50,true,null],\"\uffee\":2,\"\ud83d\ude00\":1}");
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(canonical("\"\\u0000\\u001f\\n\\/<&>\\u007f\\\"\\\\é\""))
                .isEqualTo("\"\\u0000\\u001f\\n/<&>\u007f\\\"\\\\é\"");
    }

    @Test
    void prettyFormIsThatOfGo() {
        ObjectNode object = OciJson.newObject();
        object.put("z", 1);
        object.putArray("empty");
        object.putObject("a").putArray("list").add("x").add("y");
        assertThat(new String(OciJson.printPretty(object), StandardCharsets.UTF_8))
                .isEqualTo("""
                {
                  "z": 1,
                  "empty": [],
                  "a": {
                    "list": [
                      "x",
                      "y"
                    ]
                  }
                }""");
    }

    @Test
    void hugeIntegersKeepEveryDigit() {
        assertThat(canonical("[9223372036854775807,9223372036854775808,-1]"))
                .isEqualTo("[9223372036854775807,9223372036854775808,-1]");
    }

    @Test
    void doublesHaveNoCanonicalForm() {
        assertThatThrownBy(() -> OciJson.print(OciJson.newObject().put("a", 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a floating point number has no canonical form: 0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1,\"a\":2}| document: not valid JSON: Duplicate field 'a'",
                "{} {}| document: has something after the JSON value",
                "{}]| document: not valid JSON: Unexpected close marker ']': no open Array to close",
                "\"\\ud800\"| document: has half a surrogate pair in '?'",
                "{\"\\ud800\":1}| document: not valid JSON: Broken surrogate pair in field name",
                "~ ~| document: is empty",
                "{\"a\":01}| document: not valid JSON: Invalid numeric value: Leading zeroes not allowed",
                "{'a':1}| document: not valid JSON: Unexpected character (''' (code 39))",
                "NaN| document: not valid JSON: Non-standard token 'NaN'",
                "{\"a\"| document: not valid JSON: Unexpected end-of-input",
            })
    void looseJsonIsRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageStartingWith(message)
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void deepNestingIsRefused(int depth) {
        assertThatThrownBy(() -> parse("[".repeat(depth) + "]".repeat(depth)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageStartingWith("document: not valid JSON: Document nesting depth (65) exceeds");
    }

    @Test
    void longNumbersAreRefused() {
        assertThatThrownBy(() -> parse("1".repeat(1_000_000)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("Number value length");
    }

    @Test
    void byteOrderMarkIsRefused() {
        assertThatThrownBy(() -> parse("\ufeff{}")).hasMessage("document: starts with a byte order mark");
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThatThrownBy(() -> OciJson.parse("document", "{\"ü\":1}".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("document: is not UTF-8 text");
        assertThatThrownBy(() -> OciJson.parse("document", "{}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(MalformedImageException.class);
    }

    @Test
    void sizeIsBounded() {
        assertThat(OciJson.parse("document", "[]".getBytes(StandardCharsets.UTF_8), 2))
                .isEmpty();
        assertThatThrownBy(() -> OciJson.parse("document", "[ ]".getBytes(StandardCharsets.UTF_8), 2))
                .hasMessage("document: is 3 bytes long, more than the 2 allowed");
    }

    private static String canonical(String text) {
        return new String(OciJson.print(parse(text)), StandardCharsets.UTF_8);
    }

    private static com.fasterxml.jackson.databind.JsonNode parse(String text) {
        return OciJson.parse("document", text.getBytes(StandardCharsets.UTF_8));
    }
}
