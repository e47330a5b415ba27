package dev.jbuild.context;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a regular expression of Go, as far as one can come out of an [IgnoreTranslation]: no groups but `(.*/)?`, `*`
/// only
/// behind a class in brackets, and repetition only by numbers.
///
/// An expression is not bound to the ends of a path: what `^a|b$` accepts starts with `a` or ends with `b`.
///
/// @see <a href="https://pkg.go.dev/regexp/syntax">Syntax of Go's regular expressions</a>
final class GoExpression extends GoCharacters {
    private static final int REPLACEMENT = 0xfffd;
    private static final CharacterSet ANY = new CharacterSet(true, List.of());
    /// Go refuses more repetitions.
    private static final int MOST_REPEATED = 1000;
    /// Go refuses an expression that becomes larger.
    private static final int MOST_STEPS = 3_355_443;

    private static final int NO_NUMBER = -3;
    private static final int TOO_LARGE = -2;

    private final List<Glob> globs = new ArrayList<>();
    private List<Glob.Step> steps = new ArrayList<>();
    private int total;
    /// Whether what was read last may be repeated; a repetition may not.
    private Repeatable last = Repeatable.NOTHING;

    private enum Repeatable {
        NOTHING,
        STEP,
        REPETITION
    }

    GoExpression(int[] points) {
        super(points);
    }

    List<Glob> globs() throws Glob.PatternSyntax {
        while (at < points.length) {
            readStep();
            total++;
        }
        endAlternative();
        return globs;
    }

    private void endAlternative() {
        List<Glob.Step> whole = steps;
        if (isPlace(0, Glob.Step.Place.Kind.START)) {
            whole = whole.subList(1, whole.size());
        } else {
            whole.addFirst(new Glob.Step.Many(ANY));
        }
        if (isPlace(steps.size() - 1, Glob.Step.Place.Kind.END)) {
            whole = whole.subList(0, whole.size() - 1);
        } else {
            whole.addLast(new Glob.Step.Many(ANY));
        }
        globs.add(new Glob(whole));
        steps = new ArrayList<>();
    }

    private boolean isPlace(int index, Glob.Step.Place.Kind kind) {
        return index >= 0
                && index < steps.size()
                && steps.get(index) instanceof Glob.Step.Place(var found)
                && found == kind;
    }

    private void readStep() throws Glob.PatternSyntax {
        int point = points[at++];
        switch (point) {
            case '^' -> add(new Glob.Step.Place(Glob.Step.Place.Kind.START));
            case '$' -> add(new Glob.Step.Place(Glob.Step.Place.Kind.END));
            case '|' -> {
                endAlternative();
                last = Repeatable.NOTHING;
            }
            case '(' -> {
                at += ".*/)?".length();
                steps.add(new Glob.Step.MaybeAncestors());
                add(new Glob.Step.Ancestors());
                last = Repeatable.REPETITION;
            }
            case '.' -> {
                at += "*".length();
                add(new Glob.Step.Rest());
                last = Repeatable.REPETITION;
            }
            case '[' -> {
                CharacterSet set = set();
                if (accept('*')) {
                    add(new Glob.Step.Many(set));
                    last = Repeatable.REPETITION;
                } else {
                    add(new Glob.Step.One(set));
                }
            }
            case '{' -> {
                var repetition = repetition();
                if (repetition == null) {
                    literal(point);
                } else {
                    repeat(repetition);
                }
            }
            case '\\' -> readEscape();
            default -> literal(point);
        }
    }

    private void add(Glob.Step step) {
        steps.add(step);
        last = Repeatable.STEP;
    }

    private void literal(int point) {
        add(
                point == REPLACEMENT
                        ? new Glob.Step.One(CharacterSet.ofRanges(point, point))
                        : new Glob.Step.Literal(point));
    }

    private void readEscape() throws Glob.PatternSyntax {
        switch (peek()) {
            case 'A' -> escapedPlace(Glob.Step.Place.Kind.START);
            case 'z' -> escapedPlace(Glob.Step.Place.Kind.END);
            case 'b' -> escapedPlace(Glob.Step.Place.Kind.WORD_EDGE);
            case 'B' -> escapedPlace(Glob.Step.Place.Kind.NO_WORD_EDGE);
            case 'Q' -> {
                at++;
                while (at < points.length && !isAt("\\E")) {
                    literal(points[at++]);
                }
                at = Math.min(points.length, at + "\\E".length());
            }
            default -> {
                CharacterSet set = escapedSet();
                if (set == null) {
                    literal(escaped());
                } else {
                    add(new Glob.Step.One(set));
                }
            }
        }
    }

    private void escapedPlace(Glob.Step.Place.Kind kind) {
        at++;
        add(new Glob.Step.Place(kind));
    }

    /// How often something stands in a row.
    ///
    /// @param most -1 for any number
    private record Repetition(int least, int most, String text) {
        boolean isAllowed() {
            return least >= 0 && least <= MOST_REPEATED && most <= MOST_REPEATED && (most < 0 || least <= most);
        }
    }

    /// {@return what stands behind a brace, or null when it is no repetition and the brace is plain text}
    private @Nullable Repetition repetition() {
        int start = at;
        Repetition repetition = null;
        int least = number();
        if (least != NO_NUMBER) {
            int most = least;
            if (accept(',')) {
                most = peek() == '}' ? -1 : number();
            }
            if (most != NO_NUMBER && accept('}')) {
                repetition = new Repetition(most == TOO_LARGE ? TOO_LARGE : least, most, "{" + text(start, at));
            }
        }
        if (repetition == null) {
            at = start;
        }
        return repetition;
    }

    private int number() {
        boolean leadingZero = peek() == '0' && at + 1 < points.length && isDigit(points[at + 1]);
        if (!isDigit(peek()) || leadingZero) {
            return NO_NUMBER;
        }
        long value = 0;
        while (isDigit(peek())) {
            value = Math.min(100_000_000, value * 10 + points[at++] - '0');
        }
        return value >= 100_000_000 ? TOO_LARGE : (int) value;
    }

    private void repeat(Repetition repetition) throws Glob.PatternSyntax {
        if (!repetition.isAllowed()) {
            throw new Glob.PatternSyntax("'" + repetition.text() + "' is no number of repetitions from 0 to 1000");
        }
        if (last != Repeatable.STEP) {
            throw new Glob.PatternSyntax("'" + repetition.text() + "' stands behind nothing that can be repeated");
        }
        Glob.Step step = steps.removeLast();
        total += Math.max(repetition.least(), repetition.most());
        if (total > MOST_STEPS) {
            throw new Glob.PatternSyntax("too much is repeated");
        }
        for (int i = 0; i < repetition.least(); i++) {
            steps.add(step);
        }
        CharacterSet set = switch (step) {
            case Glob.Step.Literal(int point) -> CharacterSet.ofRanges(point, point);
            case Glob.Step.One(CharacterSet one) -> one;
            default -> null;
        };
        if (set != null && repetition.most() < 0) {
            steps.add(new Glob.Step.Many(set));
        }
        for (int i = repetition.least(); set != null && i < repetition.most(); i++) {
            steps.add(new Glob.Step.Maybe(set));
        }
        last = Repeatable.REPETITION;
    }
}
