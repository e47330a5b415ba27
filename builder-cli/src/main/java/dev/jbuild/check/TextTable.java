package dev.jbuild.check;

import java.util.List;

/// Columns of text. Every cell but the last of a row is filled up with blanks, also before an empty one.
final class TextTable {
    private TextTable() {}

    /// {@return the rows as lines, without a line break at the end}
    ///
    /// @param rows with an equal number of cells
    /// @param gap blanks between a column's longest cell and the next column
    static String print(List<List<String>> rows, int gap) {
        var columns = rows.getFirst().size();
        var widths = new int[columns - 1];
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)) + gap);
            }
        }
        var out = new StringBuilder();
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                out.append(row.get(i)).repeat(' ', widths[i] - length(row.get(i)));
            }
            out.append(row.getLast()).append('\n');
        }
        return out.substring(0, out.length() - 1);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
