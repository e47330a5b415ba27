package dev.jbuild.dockerfile.antlr;

/// What the opening word of a here-document says.
///
/// @param name the delimiter, quotes and escapes taken off
/// @param quoted whether there were any
/// @param chomp whether leading tabs do not count
/// @param fileDescriptor 0 when not written
public record HeredocOpening(String name, boolean quoted, boolean chomp, int fileDescriptor) {

    /// Descriptors above this are no file descriptors; the number would not fit.
    private static final int MAX_FILE_DESCRIPTOR = 1 << 20;

    /// Takes an opening word apart.
    ///
    /// @param word the text of a HEREDOC token
    public static HeredocOpening of(String word) {
        var at = 0;
        var fileDescriptor = 0;
        while (word.charAt(at) != '<') {
            fileDescriptor = Math.min(MAX_FILE_DESCRIPTOR, fileDescriptor * 10 + word.charAt(at++) - '0');
        }
        at += 2;
        var chomp = at < word.length() - 1 && word.charAt(at) == '-';
        at += chomp ? 1 : 0;
        while (Character.isWhitespace(word.charAt(at))) {
            at++;
        }
        var name = new StringBuilder();
        var quote = '\0';
        var quoted = false;
        for (; at < word.length(); at++) {
            var c = word.charAt(at);
            if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
                quoted = true;
            } else if (quote == c && c != '\0') {
                quote = '\0';
            } else if (c == '\\' && quote != '\'') {
                quoted = true;
                name.append(word.charAt(++at));
            } else {
                name.append(c);
            }
        }
        return new HeredocOpening(name.toString(), quoted, chomp, fileDescriptor);
    }

    /// Returns whether `line`, with or without its line break, ends the here-document.
    boolean endsAt(String line) {
        var start = 0;
        while (chomp && start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        var end = line.length();
        while (end > start && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end - start == name.length() && line.startsWith(name, start);
    }
}
