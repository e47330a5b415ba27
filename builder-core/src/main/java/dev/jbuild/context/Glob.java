package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;

/// A compiled pattern over whole paths: a small automaton that reads a path once, whatever the pattern says.
final class Glob {
    /* Step i of the pattern is state i, and state `steps.size()` accepts. All states that can be reached are followed
     * at once, so the time is at most (length of path) x (length of pattern): a pattern from outside cannot explode.
     * Some steps may be left without reading anything; `enter` follows those at once. */

    private final List<Step> steps;
    private final ByteString prefix;
    private final ByteString suffix;

    /// One step of a pattern.
    sealed interface Step {
        /// This character.
        record Literal(int point) implements Step {}

        /// One character that is no slash.
        record One() implements Step {}

        /// One character of some ranges, the slash included, as Go's `filepath.Match` has it.
        ///
        /// @param bounds first and last character of each range in turn
        record OneOf(boolean negated, List<Integer> bounds) implements Step {
            public OneOf {
                bounds = List.copyOf(bounds);
            }

            boolean has(int point) {
                for (int i = 0; i < bounds.size(); i += 2) {
                    if (bounds.get(i) <= point && point <= bounds.get(i + 1)) {
                        return !negated;
                    }
                }
                return negated;
            }
        }

        /// Any number of characters that are no slash.
        record Many() implements Step {}

        /// Nothing, or what [Ancestors] reads.
        record MaybeAncestors() implements Step {}

        /// Any characters up to and with a slash.
        record Ancestors() implements Step {}

        /// Anything.
        record Rest() implements Step {}
    }

    Glob(List<Step> steps) {
        this.steps = List.copyOf(steps);
        int first = 0;
        while (first < steps.size() && isByte(steps.get(first))) {
            first++;
        }
        int last = steps.size();
        while (last > first && isByte(steps.get(last - 1))) {
            last--;
        }
        this.prefix = literals(steps.subList(0, first));
        this.suffix = literals(steps.subList(last, steps.size()));
    }

    boolean matches(ByteString path) {
        if (!path.startsWith(prefix) || !path.endsWith(suffix)) {
            return false;
        }
        if (prefix.length() == steps.size()) {
            return path.length() == prefix.length();
        }
        return read(CodePoints.decode(path))[steps.size()];
    }

    /// {@return whether some path below `directory` could match}
    boolean couldMatchBelow(ByteString directory) {
        if (directory.isEmpty()) {
            return true;
        }
        if (!prefix.startsWith(directory) && !directory.startsWith(prefix)) {
            return false;
        }
        for (boolean state : read(CodePoints.decode(directory.concat(ByteString.of("/"))))) {
            if (state) {
                return true;
            }
        }
        return false;
    }

    private boolean[] read(int[] points) {
        var states = new boolean[steps.size() + 1];
        enter(states, 0);
        for (int point : points) {
            var next = new boolean[states.length];
            for (int i = 0; i < steps.size(); i++) {
                if (states[i]) {
                    advance(next, i, point);
                }
            }
            states = next;
        }
        return states;
    }

    private void advance(boolean[] next, int state, int point) {
        switch (steps.get(state)) {
            case Step.Literal literal -> enterIf(literal.point() == point, next, state + 1);
            case Step.One _ -> enterIf(point != '/', next, state + 1);
            case Step.OneOf oneOf -> enterIf(oneOf.has(point), next, state + 1);
            case Step.Many _ -> enterIf(point != '/', next, state);
            case Step.MaybeAncestors _ -> {}
            case Step.Ancestors _ -> {
                enter(next, state);
                enterIf(point == '/', next, state + 1);
            }
            case Step.Rest _ -> enter(next, state);
        }
    }

    private void enterIf(boolean condition, boolean[] states, int state) {
        if (condition) {
            enter(states, state);
        }
    }

    private void enter(boolean[] states, int first) {
        for (int state = first; !states[state]; ) {
            states[state] = true;
            if (state == steps.size()) {
                return;
            }
            switch (steps.get(state)) {
                case Step.Many _, Step.Rest _ -> state++;
                case Step.MaybeAncestors _ -> {
                    states[state + 1] = true;
                    state += 2;
                }
                case Step.Literal _, Step.One _, Step.OneOf _, Step.Ancestors _ -> {
                    return;
                }
            }
        }
    }

    private static boolean isByte(Step step) {
        return step instanceof Step.Literal(int point) && point >= 0 && point < 0x80;
    }

    private static ByteString literals(List<Step> steps) {
        var bytes = new byte[steps.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((Step.Literal) steps.get(i)).point();
        }
        return ByteString.ofBytes(bytes);
    }

    /// Reads the text of a pattern, one character after the other.
    static final class Reader {
        private final int[] points;
        private int at;

        Reader(ByteString pattern) {
            this.points = CodePoints.decode(pattern);
        }

        boolean atEnd() {
            return at == points.length;
        }

        boolean accept(int point) {
            if (atEnd() || points[at] != point) {
                return false;
            }
            at++;
            return true;
        }

        /// {@return the next step, where `*` is only [Step.Many]}
        Step step() throws PatternSyntax {
            int point = points[at++];
            return switch (point) {
                case '*' -> new Step.Many();
                case '?' -> new Step.One();
                case '[' -> oneOf();
                case '\\' -> new Step.Literal(escaped());
                default -> new Step.Literal(point);
            };
        }

        /// {@return whether what remains is plain text}
        boolean restIsPlain() {
            for (int i = at; i < points.length; i++) {
                switch (points[i]) {
                    case '*', '?', '[', ']', '\\' -> {
                        return false;
                    }
                    default -> {}
                }
            }
            return true;
        }

        private int escaped() throws PatternSyntax {
            if (atEnd()) {
                throw new PatternSyntax("nothing follows the last '\\'");
            }
            return points[at++];
        }

        private Step oneOf() throws PatternSyntax {
            boolean negated = accept('^');
            var bounds = new ArrayList<Integer>();
            while (bounds.isEmpty() || !accept(']')) {
                int low = bound();
                bounds.add(low);
                bounds.add(accept('-') ? bound() : low);
            }
            return new Step.OneOf(negated, bounds);
        }

        private int bound() throws PatternSyntax {
            if (atEnd()) {
                throw new PatternSyntax("'[' without ']'");
            }
            int point = points[at++];
            if (point == '-' || point == ']') {
                throw new PatternSyntax(
                        "'" + (char) point + "' within '[' and ']' must be written '\\" + (char) point + "'");
            }
            int bound = point == '\\' ? escaped() : point;
            if (bound < 0) {
                throw new PatternSyntax("bytes that are not UTF-8 within '[' and ']'");
            }
            return bound;
        }
    }

    /// What is wrong with a pattern; whoever knows where it stands tells the user.
    static final class PatternSyntax extends Exception {
        private static final long serialVersionUID = 1L;

        PatternSyntax(String message) {
            super(message, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
