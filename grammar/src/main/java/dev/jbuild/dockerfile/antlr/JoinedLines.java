package dev.jbuild.dockerfile.antlr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file as the lexer sees it: lines that continue are joined, comments inside them are dropped, blanks around a
/// line are cut off, and every line ends with a line feed.
///
/// Lines are read when the lexer asks for them, one at a time, because what is read decides how the next
/// lines are: after the opening of a here-document they are taken as they stand ([#readVerbatim]).
public final class JoinedLines extends MappedText {
    private final int[] source;
    private final List<LogicalLine> logicalLines = new ArrayList<>();
    private int next;
    private char escape = '\\';
    private boolean verbatim;
    private int[] emptyContinuations = new int[4];
    private int emptyContinuationCount;

    // The line that is being joined.
    private boolean open;
    private boolean continued;
    private boolean holdsEmptyLine;
    private int start;
    private int first;
    private int last;

    /// @param source the code points of the file
    public JoinedLines(int[] source) {
        super(source.length + 1);
        this.source = source;
    }

    /// Returns the character that joins a line to the next.
    public char escape() {
        return escape;
    }

    /// Returns all lines but those of here-documents.
    public List<LogicalLine> logicalLines() {
        return logicalLines;
    }

    /// Returns where the blank lines inside continued lines begin, ascending.
    public int[] emptyContinuations() {
        return Arrays.copyOf(emptyContinuations, emptyContinuationCount);
    }

    /// Joins the lines that follow with another character.
    void escape(char character) {
        escape = character;
    }

    /// Returns the index of the line feed that ends the line at the present place.
    int lineEnd() {
        var distance = 1;
        while (LA(distance) != '\n' && LA(distance) != EOF) {
            distance++;
        }
        return index() + distance - 1;
    }

    /// Returns the line that ends before an index; others may have been read ahead.
    LogicalLine lineBefore(int index) {
        var at = logicalLines.size() - 1;
        while (logicalLines.get(at).start() >= index) {
            at--;
        }
        return logicalLines.get(at);
    }

    /// Takes the lines from here on as they stand, or joins them again.
    void readVerbatim(boolean on) {
        verbatim = on;
        open = false;
        truncate();
        next = index() == 0 ? 0 : Math.min(source.length, offset(index() - 1) + 1);
        while (emptyContinuationCount > 0 && emptyContinuations[emptyContinuationCount - 1] >= next) {
            emptyContinuationCount--;
        }
        while (!logicalLines.isEmpty() && logicalLines.getLast().first() >= next) {
            logicalLines.removeLast();
        }
    }

    /// Adds a whole line: what was seen of it once does not change.
    @Override
    boolean fill() {
        if (next >= source.length) {
            return false;
        }
        do {
            readLine();
        } while (open && next < source.length);
        if (open) {
            // A continuation that nothing follows just ends.
            endLine(source.length, true);
        }
        return true;
    }

    private void readLine() {
        var lineStart = next;
        var end = lineStart;
        while (end < source.length && source[end] != '\n') {
            end++;
        }
        next = Math.min(source.length, end + 1);
        if (verbatim) {
            appendAll(lineStart, next);
        } else if (open) {
            appendContinuation(lineStart, end);
        } else {
            appendFirst(lineStart, end);
        }
    }

    private void appendFirst(int lineStart, int end) {
        start = size();
        first = lineStart;
        last = lineStart;
        holdsEmptyLine = false;
        continued = false;
        var contentEnd = contentEnd(lineStart, end);
        var content = skipBlanks(lineStart, contentEnd);
        if (content < contentEnd && source[content] == '#') {
            appendAll(content, contentEnd);
            endLine(end, false);
        } else {
            appendContent(content, contentEnd, end);
        }
    }

    private void appendContinuation(int lineStart, int end) {
        last = lineStart;
        var contentEnd = contentEnd(lineStart, end);
        var content = skipBlanks(lineStart, contentEnd);
        if (content == contentEnd) {
            holdsEmptyLine = true;
            rememberEmptyContinuation(lineStart);
        } else if (source[content] != '#') {
            appendContent(lineStart, contentEnd, end);
        }
    }

    private void appendContent(int content, int contentEnd, int end) {
        var escapeAt = continuation(content, contentEnd);
        open = escapeAt >= 0;
        appendAll(content, open ? escapeAt : contentEnd);
        continued |= open;
        if (!open) {
            endLine(end, true);
        }
    }

    private void endLine(int offset, boolean trimmed) {
        open = false;
        var length = size();
        var kept = length;
        while (trimmed && kept > start && Blanks.isBlank(character(kept - 1))) {
            kept--;
        }
        var trailing = kept == length ? "" : text(kept, length);
        shrink(kept);
        append('\n', offset);
        logicalLines.add(new LogicalLine(start, first, last, trailing, continued, holdsEmptyLine));
    }

    /// Returns the place of the escape character that continues a line, or -1: the last character but blanks,
    /// and not itself escaped.
    private int continuation(int content, int end) {
        var at = end - 1;
        while (at >= content && (source[at] == ' ' || source[at] == '\t')) {
            at--;
        }
        if (at < content || source[at] != escape) {
            return -1;
        }
        return at > content && source[at - 1] == escape ? -1 : at;
    }

    private int contentEnd(int lineStart, int end) {
        var at = end;
        while (at > lineStart && source[at - 1] == '\r') {
            at--;
        }
        return at;
    }

    private int skipBlanks(int from, int end) {
        var at = from;
        while (at < end && Blanks.isBlank(source[at])) {
            at++;
        }
        return at;
    }

    private void appendAll(int from, int end) {
        for (var i = from; i < end; i++) {
            append(source[i], i);
        }
    }

    private void rememberEmptyContinuation(int offset) {
        if (emptyContinuationCount == emptyContinuations.length) {
            emptyContinuations = Arrays.copyOf(emptyContinuations, emptyContinuationCount * 2);
        }
        emptyContinuations[emptyContinuationCount++] = offset;
    }
}
