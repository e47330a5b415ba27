package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser.ArrayContext;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// The strings of a JSON array.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259</a>
final class JsonStrings {
    private static final int HEX_DIGITS = 4;

    private JsonStrings() {}

    /// Returns each element decoded.
    static List<MappedText> of(ArrayContext array, Reading reading) {
        var strings = new ArrayList<MappedText>();
        for (var element : array.STRING()) {
            strings.add(decode(reading.slice(element.getSymbol())));
        }
        return strings;
    }

    /// Returns each element decoded.
    static List<String> texts(ArrayContext array, Reading reading) {
        return of(array, reading).stream().map(MappedText::toString).toList();
    }

    /// Reports that an array holds something that is no string.
    static void refuse(Token array, Reading reading) {
        var position = reading.array(array).position();
        reading.error(
                Rule.JSON_NOT_STRINGS,
                reading.rangeOf(position, position + 1),
                "an argument in JSON form is an array of strings, and this element is none",
                "quote it: \"1\"");
    }

    /// @param literal a STRING token, so every escape in it is complete
    static MappedText decode(MappedText literal) {
        var decoded = new MappedText(literal.size());
        var end = literal.size() - 1;
        for (var i = 1; i < end; i++) {
            var character = literal.character(i);
            var offset = literal.offset(i);
            if (character != '\\') {
                decoded.append(character, offset);
                continue;
            }
            character = literal.character(++i);
            if (character != 'u') {
                decoded.append(unescaped(character), offset);
                continue;
            }
            var unit = hex(literal, i + 1);
            i += HEX_DIGITS;
            if (Character.isHighSurrogate(unit) && startsLowSurrogate(literal, i + 1, end)) {
                decoded.append(Character.toCodePoint(unit, hex(literal, i + 3)), offset);
                i += HEX_DIGITS + 2;
            } else {
                decoded.append(Character.isSurrogate(unit) ? 0xFFFD : unit, offset);
            }
        }
        return decoded;
    }

    private static boolean startsLowSurrogate(MappedText literal, int at, int end) {
        return at + 1 < end
                && literal.character(at) == '\\'
                && literal.character(at + 1) == 'u'
                && Character.isLowSurrogate(hex(literal, at + 2));
    }

    private static char hex(MappedText literal, int at) {
        var value = 0;
        for (var i = at; i < at + HEX_DIGITS; i++) {
            value = value * 16 + Character.digit(literal.character(i), 16);
        }
        return (char) value;
    }

    private static int unescaped(int character) {
        return switch (character) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> character;
        };
    }
}
