package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;

/// Reads the text of a [FilePattern].
final class FilePatternReader {
    private final int[] points;
    private int at;
    private int end;

    FilePatternReader(ByteString pattern) {
        this.points = CodePoints.decode(pattern);
    }

    List<FilePattern.Piece> pieces() {
        var pieces = new ArrayList<FilePattern.Piece>();
        while (at < points.length) {
            boolean star = false;
            while (at < points.length && points[at] == '*') {
                star = true;
                at++;
            }
            end = endOfPiece();
            pieces.add(piece(star));
            at = end;
        }
        return pieces;
    }

    /// {@return where the next star stands that is not between brackets}
    private int endOfPiece() {
        boolean bracket = false;
        for (int i = at; i < points.length; i++) {
            switch (points[i]) {
                case '\\' -> i++;
                case '[' -> bracket = true;
                case ']' -> bracket = false;
                case '*' -> {
                    if (!bracket) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return points.length;
    }

    private FilePattern.Piece piece(boolean star) {
        var steps = new ArrayList<Glob.Step>();
        try {
            while (at < end) {
                steps.add(step());
            }
        } catch (Glob.PatternSyntax syntax) {
            return new FilePattern.Piece(star, steps, syntax.reason());
        }
        return new FilePattern.Piece(star, steps, null);
    }

    private Glob.Step step() throws Glob.PatternSyntax {
        int point = points[at++];
        return switch (point) {
            case '?' -> new Glob.Step.One(CharacterSet.NO_SLASH);
            case '[' -> new Glob.Step.One(set());
            case '\\' -> new Glob.Step.Literal(escaped());
            default -> new Glob.Step.Literal(point);
        };
    }

    private boolean accept(int point) {
        if (at == end || points[at] != point) {
            return false;
        }
        at++;
        return true;
    }

    private int escaped() throws Glob.PatternSyntax {
        if (at == end) {
            throw new Glob.PatternSyntax("nothing follows the last '\\'");
        }
        return points[at++];
    }

    private CharacterSet set() throws Glob.PatternSyntax {
        boolean negated = accept('^');
        var members = new ArrayList<CharacterSet.Member>();
        while (members.isEmpty() || !accept(']')) {
            int low = bound();
            members.add(new CharacterSet.Member.Range(low, accept('-') ? bound() : low));
        }
        return new CharacterSet(negated, members);
    }

    private int bound() throws Glob.PatternSyntax {
        if (at == end) {
            throw new Glob.PatternSyntax("'[' without ']'");
        }
        int point = points[at++];
        if (point == '-' || point == ']') {
            throw new Glob.PatternSyntax(
                    "'" + (char) point + "' within '[' and ']' must be written '\\" + (char) point + "'");
        }
        int bound = point == '\\' ? escaped() : point;
        if (bound < 0) {
            throw new Glob.PatternSyntax("bytes that are not UTF-8 within '[' and ']'");
        }
        return bound;
    }
}
