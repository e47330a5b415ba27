package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Diagnostic.Severity;

/// Shows a diagnostic with the source line it stands on.
final class Excerpt {
    /// Columns shown of a long line; the offending text stays in sight.
    private static final int WINDOW = 160;

    /// Of what a message quotes, this much helps.
    private static final int MAX_MESSAGE = 400;

    private static final int LEAD = 40;
    private static final int NUMBER_WIDTH = 4;

    private final SourceFile source;

    Excerpt(SourceFile source) {
        this.source = source;
    }

    String render(Diagnostic diagnostic) {
        var range = diagnostic.range();
        var out = new StringBuilder();
        out.append(printable(source.name())).append(':').append(range.startLine());
        out.append(':').append(range.startColumn());
        out.append(diagnostic.severity() == Severity.ERROR ? ": error: " : ": warning: ");
        out.append(printable(diagnostic.message()));
        out.append(" [").append(diagnostic.rule()).append("]\n");
        appendLine(out, range);
        if (diagnostic.help() != null) {
            out.append("help: ").append(printable(diagnostic.help())).append('\n');
        }
        return out.toString();
    }

    private void appendLine(StringBuilder out, SourceRange range) {
        var line = source.line(range.startLine()).codePoints().toArray();
        if (line.length == 0) {
            return;
        }
        var from = line.length > WINDOW ? Math.max(0, Math.min(range.startColumn() - 1, line.length) - LEAD) : 0;
        var to = Math.min(line.length, from + WINDOW);
        var number = Integer.toString(range.startLine());
        var gutter = Math.max(NUMBER_WIDTH, number.length());
        out.repeat(' ', gutter - number.length()).append(number).append(" | ");
        out.append(from > 0 ? "..." : "").append(printable(new String(line, from, to - from)));
        out.append(to < line.length ? "...\n" : "\n");
        out.repeat(' ', gutter).append(" | ").append(from > 0 ? "   " : "");
        var markStart = Math.min(range.startColumn() - 1, to);
        for (var i = from; i < markStart; i++) {
            out.append(line[i] == '\t' ? '\t' : ' ');
        }
        var markEnd = range.endLine() > range.startLine() ? to : Math.min(range.endColumn() - 1, to);
        out.repeat('^', Math.max(1, markEnd - markStart)).append('\n');
    }

    private static String printable(String text) {
        var shown = new StringBuilder(Math.min(text.length(), MAX_MESSAGE));
        for (var i = 0; i < text.length(); ) {
            if (shown.length() >= MAX_MESSAGE) {
                return shown.append("...").toString();
            }
            var character = text.codePointAt(i);
            shown.appendCodePoint(isShown(character) ? character : 0xFFFD);
            i += Character.charCount(character);
        }
        return shown.toString();
    }

    /// Control characters command a terminal, and format characters turn the direction of a text.
    private static boolean isShown(int character) {
        return character == '\t'
                || (!Character.isISOControl(character) && Character.getType(character) != Character.FORMAT);
    }
}
