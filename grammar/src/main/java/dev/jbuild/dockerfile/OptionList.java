package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.List;

/// Divides the value of a flag at its commas. A part that begins with `"` ends at the next one, and in it a comma is
/// text and `""` a quote.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
final class OptionList {
    private final Reading reading;

    OptionList(Reading reading) {
        this.reading = reading;
    }

    /// Returns the parts; none, after reporting it, when there is no value or a quote is out of place.
    List<MappedText> read(Flags.Flag flag) {
        var value = flag.value();
        var parts = new ArrayList<MappedText>();
        if (value == null || value.size() == 0) {
            reading.error(Rule.FLAG_WITHOUT_VALUE, flag.range(), "--" + flag.name() + " needs a value", null);
            return parts;
        }
        var at = 0;
        while (at <= value.size()) {
            var part = new MappedText(0);
            var end = at < value.size() && value.character(at) == '"'
                    ? quoted(value, at + 1, part)
                    : bare(value, at, part);
            if (end < 0) {
                var message = "a quote stands out of place in --" + flag.name();
                reading.error(Rule.FLAG_QUOTES, flag.range(), message, "quote a whole option: \\\"key=a,b\\\"");
                return List.of();
            }
            parts.add(part);
            at = end + 1;
        }
        return parts;
    }

    /// Returns where the part ends, or -1.
    private static int bare(MappedText value, int start, MappedText part) {
        var at = start;
        while (at < value.size() && value.character(at) != ',') {
            if (value.character(at) == '"') {
                return -1;
            }
            part.append(value.character(at), value.offset(at));
            at++;
        }
        return at;
    }

    private static int quoted(MappedText value, int start, MappedText part) {
        for (var at = start; at < value.size(); at++) {
            if (value.character(at) != '"') {
                part.append(value.character(at), value.offset(at));
            } else if (at + 1 < value.size() && value.character(at + 1) == '"') {
                part.append('"', value.offset(++at));
            } else {
                return at + 1 == value.size() || value.character(at + 1) == ',' ? at + 1 : -1;
            }
        }
        return -1;
    }
}
