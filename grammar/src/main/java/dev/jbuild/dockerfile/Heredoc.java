package dev.jbuild.dockerfile;

import org.jspecify.annotations.Nullable;

/// A here-document: lines of an instruction that follow it up to their delimiter.
///
/// @param name the delimiter, quotes taken off
/// @param opening the opening word as written, for example `<<-"EOF"`
/// @param content the lines between, each with its line break, leading tabs included even with `chomp`
/// @param body `content` (tabs taken off with `chomp`) as a word to expand, in which quotes are text; null when
///     the delimiter is quoted, and for RUN, whose body belongs to the shell
/// @param expand whether no part of the delimiter is quoted
/// @param chomp whether it began with `<<-`: leading tabs do not count
/// @param fileDescriptor the number before `<<`; 0 without one
/// @param range of the opening word; the bodies are part of the instruction's range
public record Heredoc(
        String name,
        String opening,
        String content,
        @Nullable Word body,
        boolean expand,
        boolean chomp,
        int fileDescriptor,
        SourceRange range) {

    /// Returns the lines as the program or file receives them: with `chomp`, without their leading tabs.
    public String text() {
        return chomp ? withoutLeadingTabs(content) : content;
    }

    private static String withoutLeadingTabs(String lines) {
        var out = new StringBuilder(lines.length());
        var lineStart = true;
        for (var i = 0; i < lines.length(); i++) {
            var c = lines.charAt(i);
            if (lineStart && c == '\t') {
                continue;
            }
            out.append(c);
            lineStart = c == '\n';
        }
        return out.toString();
    }
}
