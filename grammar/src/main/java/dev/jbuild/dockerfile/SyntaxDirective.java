package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.Blanks;
import java.util.HashSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds which language a file says it is in, and other `# name=value` lines at its top, without reading the rest:
/// a file in another language need not look like a Dockerfile at all.
///
/// The lines may begin with `//` instead of `#`, a first line `#!...` is skipped, and a file that is one JSON object
/// says it under the key `syntax`.
final class SyntaxDirective {
    private final String text;
    private final int start;

    private SyntaxDirective(String text) {
        this.text = text;
        var lineEnd = text.indexOf('\n');
        start = !text.startsWith("#!") ? 0 : lineEnd < 0 ? text.length() : lineEnd + 1;
    }

    /// Returns the value of `syntax`, or null.
    static @Nullable Text syntax(String text) {
        var directive = new SyntaxDirective(text);
        var found = directive.find("syntax", "#");
        if (found == null) {
            found = directive.find("syntax", "//");
        }
        return found != null ? found : directive.inJson();
    }

    /// Returns the value of `check`, or null.
    static @Nullable Text check(String text) {
        return new SyntaxDirective(text).find("check", "#");
    }

    private @Nullable Text find(String wanted, String mark) {
        var seen = new HashSet<String>();
        var number = start == 0 ? 1 : 2;
        for (var at = start; at < text.length(); number++) {
            var lineEnd = text.indexOf('\n', at);
            var end = lineEnd < 0 ? text.length() : lineEnd;
            var line = text.substring(at, end > at && text.charAt(end - 1) == '\r' ? end - 1 : end);
            var equals = equalsSign(line, mark);
            if (equals < 0) {
                return null;
            }
            var name = name(line, mark, equals);
            if (!isKnown(name) || !seen.add(name)) {
                return null;
            }
            if (name.equals(wanted)) {
                return value(line, equals + 1, number);
            }
            at = end + 1;
        }
        return null;
    }

    private static boolean isKnown(String name) {
        return name.equals("syntax") || name.equals("escape") || name.equals("check");
    }

    /// Returns where the `=` of a directive stands, or -1: a name of letters and digits before it and something behind.
    private static int equalsSign(String line, String mark) {
        var equals = line.indexOf('=');
        return line.startsWith(mark) && equals >= 0 && equals < line.length() - 1 ? equals : -1;
    }

    private static String name(String line, String mark, int equals) {
        var first = mark.length();
        while (first < equals && Blanks.isBlank(line.charAt(first))) {
            first++;
        }
        var last = equals;
        while (last > first && isInnerBlank(line.charAt(last - 1))) {
            last--;
        }
        return line.substring(first, last).toLowerCase(Locale.ROOT);
    }

    private static Text value(String line, int from, int number) {
        var first = from;
        while (first < line.length() - 1 && isInnerBlank(line.charAt(first))) {
            first++;
        }
        var last = line.length();
        while (last > first + 1 && isInnerBlank(line.charAt(last - 1))) {
            last--;
        }
        var column = line.codePointCount(0, first) + 1;
        var value = line.substring(first, last);
        var endColumn = column + value.codePointCount(0, value.length());
        return new Text(value, new SourceRange(number, column, number, endColumn));
    }

    private static boolean isInnerBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\r';
    }

    private @Nullable Text inJson() {
        var rest = text.substring(start);
        var first = 0;
        while (first < rest.length() && (isInnerBlank(rest.charAt(first)) || rest.charAt(first) == '\n')) {
            first++;
        }
        if (first == rest.length() || rest.charAt(first) != '{') {
            return null;
        }
        var value = JsonMember.find(rest, first, "syntax");
        return value == null ? null : new Text(value, new SourceRange(1, 1, 1, 1));
    }
}
