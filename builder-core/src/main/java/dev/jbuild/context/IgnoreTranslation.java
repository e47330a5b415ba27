package dev.jbuild.context;

import dev.jbuild.linux.ByteString;

/// Turns a line of an ignore file into the regular expression that Docker makes of it.
///
/// Brackets are not understood here but left to the expression, which has other rules for them: a `*` or `.` between
/// brackets is replaced like everywhere, and `[[:alpha:]]`, `\d`, `^`, `a{2}` or `a*|b` mean there what they mean to
/// Go.
final class IgnoreTranslation {
    /// `{`, `|` and `}` are not among them, although Docker means to escape them too.
    private static final String TO_ESCAPE = ".+()$";

    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int REPLACEMENT = 0xfffd;

    private final int[] points;
    private int at;
    private final StringBuilder expression = new StringBuilder("^");
    private Form form = Form.EXACT;

    /// How a pattern is compared.
    enum Form {
        EXACT,
        /// Text and `**`.
        BEGINNING,
        /// `**` and text.
        ENDING,
        EXPRESSION
    }

    IgnoreTranslation(ByteString pattern) {
        this.points = CodePoints.decode(pattern);
        int first = points.length > 0 && points[0] == BYTE_ORDER_MARK ? 1 : 0;
        at = first;
        while (at < points.length) {
            translate(at == first);
        }
        expression.append('$');
    }

    Form form() {
        return form;
    }

    /// {@return the expression, which means something only in form [Form#EXPRESSION]}
    int[] expression() {
        return expression.codePoints().toArray();
    }

    private void translate(boolean first) {
        int point = points[at++];
        switch (point) {
            case '*' -> {
                if (accept('*')) {
                    ancestors(first);
                } else {
                    append("[^/]*");
                }
            }
            case '?' -> append("[^/]");
            case '\\' -> {
                expression.append('\\');
                if (at < points.length) {
                    append(points[at++]);
                }
            }
            case '[', ']' -> append(point);
            default -> {
                if (TO_ESCAPE.indexOf(point) >= 0) {
                    expression.append('\\');
                }
                expression.appendCodePoint(point < 0 ? REPLACEMENT : point);
            }
        }
    }

    private void ancestors(boolean first) {
        accept('/');
        if (at < points.length) {
            append("(.*/)?");
        } else if (form == Form.EXACT) {
            form = Form.BEGINNING;
        } else {
            append(".*");
        }
        if (first) {
            form = Form.ENDING;
        }
    }

    private boolean accept(int point) {
        if (at == points.length || points[at] != point) {
            return false;
        }
        at++;
        return true;
    }

    private void append(String text) {
        expression.append(text);
        form = Form.EXPRESSION;
    }

    private void append(int point) {
        expression.appendCodePoint(point < 0 ? REPLACEMENT : point);
        form = Form.EXPRESSION;
    }
}
