package dev.jbuild.dockerfile;

import java.util.Arrays;

/// The code points of a file and where its lines begin: offsets to lines and columns.
final class SourceText {
    private final int[] codePoints;
    private final int[] lineStarts;

    SourceText(String text) {
        codePoints = new int[text.codePointCount(0, text.length())];
        for (int i = 0, at = 0; i < codePoints.length; i++) {
            codePoints[i] = text.codePointAt(at);
            at += Character.charCount(codePoints[i]);
        }
        var starts = new int[16];
        var count = 1;
        for (var i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        lineStarts = Arrays.copyOf(starts, count);
    }

    int length() {
        return codePoints.length;
    }

    /// Not a copy: nobody changes it.
    int[] codePoints() {
        return codePoints;
    }

    /// Returns the range from code point `start` up to, not including, code point `end`.
    SourceRange rangeOf(int start, int end) {
        var startLine = lineOf(start);
        // A range that ends with a line break ends on its line, not at the start of the next.
        var last = Math.max(start, end - 1);
        var endLine = lineOf(last);
        return new SourceRange(
                startLine + 1,
                start - lineStarts[startLine] + 1,
                endLine + 1,
                Math.max(start, end) - lineStarts[endLine] + 1);
    }

    /// Returns the range of the keyword that `instruction` begins with; if it is continued on the next line, its
    /// first character.
    SourceRange keywordOf(SourceRange instruction, String keyword) {
        var start = lineStarts[instruction.startLine() - 1] + instruction.startColumn() - 1;
        var end = start + keyword.codePointCount(0, keyword.length());
        var whole = end <= codePoints.length && substring(start, end).equals(keyword);
        return rangeOf(start, whole ? end : start + 1);
    }

    /// Returns the number of the line, counted from 1, that a code point stands on.
    int lineNumber(int offset) {
        return lineOf(offset) + 1;
    }

    /// Returns the number of lines, of which the last need not end with a line break.
    int lineCount() {
        var last = lineStarts[lineStarts.length - 1];
        return last == codePoints.length ? lineStarts.length - 1 : lineStarts.length;
    }

    /// Returns the line that begins at an offset, without its line break.
    String lineAt(int start) {
        var end = start;
        while (end < codePoints.length && codePoints[end] != '\n') {
            end++;
        }
        return substring(start, end);
    }

    String substring(int start, int end) {
        return new String(codePoints, start, end - start);
    }

    private int lineOf(int offset) {
        var found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }
}
