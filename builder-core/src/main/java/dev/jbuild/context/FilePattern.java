package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pattern with the meaning of Go's `filepath.Match`: `*` and `?` stop at a slash, a class in brackets does not, a
/// range
/// the wrong way round is empty, and `\` takes the next character as it is.
///
/// A class in brackets may take a slash. Then it matters that each piece between two `*` is read at the first place
/// where
/// it fits, and at no other; that is why this is not left to a [Glob]. Also Go finds a mistake in a piece only when it
/// comes to that piece.
///
/// @param pieces what stands between the stars
record FilePattern(List<Piece> pieces) {
    FilePattern {
        pieces = List.copyOf(pieces);
    }

    /// What is read behind a star, or at the very start.
    ///
    /// @param star whether any characters but slashes may stand in front
    /// @param steps literals and single characters
    /// @param mistake what is wrong with the piece, or null
    record Piece(
            boolean star, List<Glob.Step> steps, @Nullable String mistake) {
        Piece {
            steps = List.copyOf(steps);
        }

        List<Glob.Step> checkedSteps() throws Glob.PatternSyntax {
            if (mistake != null) {
                throw new Glob.PatternSyntax(mistake);
            }
            return steps;
        }

        /// {@return where the piece ends that begins at `start`, or -1 when it does not fit there}
        int end(ByteString path, int start) {
            int at = start;
            for (Glob.Step step : steps) {
                if (at == path.length()) {
                    return -1;
                }
                int point = CodePoints.pointAt(path, at);
                boolean fits = switch (step) {
                    case Glob.Step.Literal(int literal) when literal < 0 -> -literal == (path.byteAt(at) & 0xff);
                    case Glob.Step.Literal(int literal) -> literal == point;
                    case Glob.Step.One(CharacterSet set) -> set.has(point);
                    case Glob.Step other -> throw new IllegalStateException(other + " is no part of a piece");
                };
                if (!fits) {
                    return -1;
                }
                at += step instanceof Glob.Step.Literal(int literal) && literal < 0 ? 1 : CodePoints.width(point);
            }
            return at;
        }
    }

    static FilePattern of(ByteString pattern) {
        return new FilePattern(new FilePatternReader(pattern).pieces());
    }

    /// {@return the steps of an automaton that accepts at least all that the pattern matches}
    List<Glob.Step> steps() throws Glob.PatternSyntax {
        var steps = new ArrayList<Glob.Step>();
        for (Piece piece : pieces) {
            if (piece.star()) {
                steps.add(new Glob.Step.Many(CharacterSet.NO_SLASH));
            }
            steps.addAll(piece.checkedSteps());
        }
        return steps;
    }

    /// {@return whether a path as a whole matches}
    ///
    /// @throws Glob.PatternSyntax when a piece that had to be read is wrong
    boolean matches(ByteString path) throws Glob.PatternSyntax {
        int at = 0;
        for (int i = 0; i < pieces.size() && at >= 0; i++) {
            Piece piece = pieces.get(i);
            boolean last = i == pieces.size() - 1;
            if (piece.star() && piece.checkedSteps().isEmpty()) {
                return path.indexOf('/', at) < 0;
            }
            at = firstEnd(piece, path, at, last);
        }
        return at == path.length();
    }

    private static int firstEnd(Piece piece, ByteString path, int from, boolean last) throws Glob.PatternSyntax {
        var _ = piece.checkedSteps();
        for (int start = from; start <= path.length(); start++) {
            int end = piece.end(path, start);
            if (end >= 0 && (!last || end == path.length())) {
                return end;
            }
            if (!piece.star() || (start < path.length() && path.byteAt(start) == '/')) {
                return -1;
            }
        }
        return -1;
    }
}
