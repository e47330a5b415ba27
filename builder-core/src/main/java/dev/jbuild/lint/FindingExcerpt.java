package dev.jbuild.lint;

import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import java.util.List;

/// Shows where findings are, in the form of BuildKit's tools. Made once for a file.
public final class FindingExcerpt {
    private static final String BORDER = "--------------------\n";

    /// Lines shown around an instruction, and around one that is a single line.
    private static final int AROUND = 2;

    private static final int AROUND_ONE = 4;

    private final String name;
    private final List<String> lines;

    public FindingExcerpt(SourceFile source) {
        this.name = source.name();
        this.lines = List.of(source.text().split("\n", -1));
    }

    /// {@return the lines of a place and some around it, each ended by a line feed}
    public String of(SourceRange range) {
        var first = range.startLine();
        var last = Math.min(range.endLine(), lines.size());
        var wanted = first == last ? AROUND_ONE : AROUND;
        var start = first;
        var end = last;
        for (var shown = 0; shown < wanted; shown++) {
            if (start > 1) {
                start--;
                shown++;
            }
            if (end != lines.size()) {
                end++;
                shown++;
            }
        }
        var out = new StringBuilder(name).append(':').append(first).append('\n').append(BORDER);
        for (var i = start; i <= end; i++) {
            var number = Integer.toString(i);
            out.append(' ').repeat(' ', Math.max(0, 3 - number.length())).append(number);
            out.append(" | ").append(i >= first && i <= last ? ">>>" : "   ");
            out.append(' ').append(lines.get(i - 1).stripTrailing()).append('\n');
        }
        return out.append(BORDER).toString();
    }
}
