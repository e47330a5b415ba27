package dev.jbuild.dockerfile.antlr;

import java.util.Arrays;

/// A file as the lexer sees it: lines that continue are joined, comments inside them are dropped, and every line
/// ends with a line feed.
///
/// Lines are read when the lexer asks for them, one at a time, because what is read decides how the next
/// lines are: after the opening of a here-document they are taken as they stand ([#readVerbatim]).
public final class JoinedLines extends MappedText {
    private final int[] source;
    private int next;
    private char escape = '\\';
    private boolean verbatim;
    private boolean continued;
    private int[] emptyContinuations = new int[4];
    private int emptyContinuationCount;

    /// @param source the code points of the file
    public JoinedLines(int[] source) {
        super(source.length + 1);
        this.source = source;
    }

    /// Returns the character that joins a line to the next.
    public char escape() {
        return escape;
    }

    /// Returns where the blank lines inside continued lines begin, ascending.
    public int[] emptyContinuations() {
        return Arrays.copyOf(emptyContinuations, emptyContinuationCount);
    }

    /// Joins the lines that follow with another character.
    void escape(char character) {
        escape = character;
    }

    /// Takes the lines from here on as they stand, or joins them again.
    void readVerbatim(boolean on) {
        verbatim = on;
        continued = false;
        truncate();
        next = index() == 0 ? 0 : Math.min(source.length, offset(index() - 1) + 1);
        while (emptyContinuationCount > 0 && emptyContinuations[emptyContinuationCount - 1] >= next) {
            emptyContinuationCount--;
        }
    }

    @Override
    boolean fill() {
        while (next < source.length) {
            var start = next;
            var end = lineEnd(start);
            next = Math.min(source.length, end + 1);
            if (verbatim) {
                appendAll(start, next);
                return true;
            }
            if (appendJoined(start, end)) {
                return true;
            }
        }
        if (continued) {
            // A continuation that nothing follows just ends.
            continued = false;
            append('\n', source.length);
            return true;
        }
        return false;
    }

    /// Appends one line of the file and returns whether anything came of it.
    private boolean appendJoined(int start, int end) {
        var contentEnd = end;
        while (contentEnd > start && source[contentEnd - 1] == '\r') {
            contentEnd--;
        }
        var first = start;
        while (first < contentEnd && isBlank(source[first])) {
            first++;
        }
        var comment = first < contentEnd && source[first] == '#';
        if (continued && comment) {
            return false;
        }
        if (continued && first == contentEnd) {
            rememberEmptyContinuation(start);
            return false;
        }
        var escapeAt = comment ? -1 : continuation(start, contentEnd);
        appendAll(start, escapeAt >= 0 ? escapeAt : contentEnd);
        continued = escapeAt >= 0;
        if (!continued) {
            append('\n', end);
        }
        return !continued || escapeAt > start;
    }

    /// Returns the place of the escape character that continues a line, or -1: the last character but blanks,
    /// and not itself escaped.
    private int continuation(int start, int end) {
        var last = end - 1;
        while (last >= start && (source[last] == ' ' || source[last] == '\t')) {
            last--;
        }
        if (last < start || source[last] != escape) {
            return -1;
        }
        return last > start && source[last - 1] == escape ? -1 : last;
    }

    private void appendAll(int start, int end) {
        for (var i = start; i < end; i++) {
            append(source[i], i);
        }
    }

    private int lineEnd(int start) {
        var end = start;
        while (end < source.length && source[end] != '\n') {
            end++;
        }
        return end;
    }

    private void rememberEmptyContinuation(int offset) {
        if (emptyContinuationCount == emptyContinuations.length) {
            emptyContinuations = Arrays.copyOf(emptyContinuations, emptyContinuationCount * 2);
        }
        emptyContinuations[emptyContinuationCount++] = offset;
    }

    private static boolean isBlank(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r' && character != '\n');
    }
}
