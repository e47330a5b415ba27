package dev.jbuild.dockerfile;

/// A stretch of a source file, from its first character to the place behind its last.
///
/// @param startLine counted from 1
/// @param startColumn in code points, counted from 1
/// @param endLine at least `startLine`; the bodies of heredocs belong to their instruction
/// @param endColumn the column after the last character; equal to `startColumn` on the same line for an empty range
public record SourceRange(int startLine, int startColumn, int endLine, int endColumn) {
    public SourceRange {
        var ordered = startLine < endLine || (startLine == endLine && startColumn <= endColumn);
        if (startLine < 1 || startColumn < 1 || endColumn < 1 || !ordered) {
            throw new IllegalArgumentException(
                    "no range: " + startLine + ":" + startColumn + "-" + endLine + ":" + endColumn);
        }
    }

    /// Returns whether `other` lies wholly inside this range.
    public boolean contains(SourceRange other) {
        var startsBefore =
                startLine < other.startLine || (startLine == other.startLine && startColumn <= other.startColumn);
        var endsAfter = endLine > other.endLine || (endLine == other.endLine && endColumn >= other.endColumn);
        return startsBefore && endsAfter;
    }

    @Override
    public String toString() {
        return startLine + ":" + startColumn + "-" + endLine + ":" + endColumn;
    }
}
