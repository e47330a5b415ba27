package dev.jbuild.build;

import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;

/// The lines of a Dockerfile around an instruction, as BuildKit prints them under a failed step.
final class SourceExcerpt {
    private static final String RULE = "--------------------";
    private static final int AROUND_ONE_LINE = 2;
    private static final int AROUND_SEVERAL = 1;

    private SourceExcerpt() {}

    static String of(SourceFile source, SourceRange range) {
        int around = range.startLine() == range.endLine() ? AROUND_ONE_LINE : AROUND_SEVERAL;
        int last = Math.min(range.endLine() + around, lineCount(source.text()));
        var out = new StringBuilder(source.name())
                .append(':')
                .append(range.startLine())
                .append('\n')
                .append(RULE)
                .append('\n');
        for (int line = Math.max(1, range.startLine() - around); line <= last; line++) {
            boolean marked = line >= range.startLine() && line <= range.endLine();
            String number = Integer.toString(line);
            out.append(" ".repeat(Math.max(0, 4 - number.length()))).append(number);
            out.append(" | ").append(marked ? ">>> " : "    ");
            out.append(source.line(line)).append('\n');
        }
        return out.append(RULE).append('\n').toString();
    }

    private static int lineCount(String text) {
        int lines = (int) text.chars().filter(c -> c == '\n').count();
        return text.endsWith("\n") ? lines : lines + 1;
    }
}
