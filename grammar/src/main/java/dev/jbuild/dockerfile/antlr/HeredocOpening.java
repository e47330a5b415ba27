package dev.jbuild.dockerfile.antlr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The word that opens a here-document: `3<<-"EOF"`.
///
/// @param name the delimiter, quotes and escapes taken off
/// @param quoted whether a part of the delimiter is in quotes, so that the body is taken as it stands
/// @param chomp whether it began with `<<-`: leading tabs do not count
/// @param fileDescriptor the number before `<<`; 0 without one
public record HeredocOpening(String name, boolean quoted, boolean chomp, int fileDescriptor) {

    /// Descriptors above this are no file descriptors; the number would not fit.
    private static final int MAX_FILE_DESCRIPTOR = 1 << 20;

    /// An opening word in a line.
    ///
    /// @param text as written
    /// @param start index in the line
    public record InLine(HeredocOpening opening, String text, int start) {}

    /// Returns the openings in a line, keyword included, in their order; null when a word that begins like one
    /// cannot be read. A line whose quotes or braces are not closed has none.
    public static @Nullable List<InLine> in(String line) {
        if (!line.contains("<<")) {
            return List.of();
        }
        var words = ShellWords.split(line, true, true);
        var openings = new ArrayList<InLine>();
        for (var word : words == null ? List.<ShellWords.Word>of() : words) {
            var delimiter = delimiterAt(word.text());
            if (delimiter < 0) {
                continue;
            }
            var plain = ShellWords.split(word.text().substring(delimiter), false, false);
            if (plain == null) {
                return null;
            }
            var opening = of(word.text());
            if (opening != null) {
                openings.add(new InLine(opening, word.text(), word.start()));
            }
        }
        return openings;
    }

    /// Takes an opening word apart; null if it is none.
    public static @Nullable HeredocOpening of(String word) {
        var delimiter = delimiterAt(word);
        if (delimiter < 0) {
            return null;
        }
        var written = word.substring(delimiter);
        var plain = ShellWords.split(written, false, false);
        var raw = ShellWords.split(written, true, false);
        if (plain == null || raw == null || plain.size() != 1 || raw.size() != 1) {
            return null;
        }
        var name = plain.getFirst().text();
        var quoted = quotes(name) != quotes(raw.getFirst().text());
        return new HeredocOpening(name, quoted, word.charAt(word.indexOf("<<") + 2) == '-', fileDescriptor(word));
    }

    /// Returns where the delimiter of a word begins that looks like an opening, or -1: digits, `<<`, perhaps `-`
    /// and blanks, and then anything without a `<`.
    private static int delimiterAt(String word) {
        var at = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        if (!word.startsWith("<<", at)) {
            return -1;
        }
        at += 2;
        at += at < word.length() && word.charAt(at) == '-' ? 1 : 0;
        while (at < word.length() && word.charAt(at) != 0x0B && Blanks.isSeparator(word.charAt(at))) {
            at++;
        }
        return at == word.length() || word.indexOf('<', at) >= 0 ? -1 : at;
    }

    private static int fileDescriptor(String word) {
        var number = 0;
        for (var at = 0; word.charAt(at) != '<'; at++) {
            number = Math.min(MAX_FILE_DESCRIPTOR, number * 10 + word.charAt(at) - '0');
        }
        return number;
    }

    private static int quotes(String text) {
        var count = 0;
        for (var i = 0; i < text.length(); i++) {
            count += text.charAt(i) == '"' || text.charAt(i) == '\'' ? 1 : 0;
        }
        return count;
    }

    /// Returns whether `line`, with or without its line break, ends the here-document.
    boolean endsAt(String line) {
        var end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        var start = 0;
        while (chomp && start < end && line.charAt(start) == '\t') {
            start++;
        }
        return end - start == name.length() && line.startsWith(name, start);
    }
}
