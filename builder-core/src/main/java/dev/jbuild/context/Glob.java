package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.List;

/// A compiled pattern over whole paths: a small automaton that reads a path once, whatever the pattern says.
final class Glob {
    /* Step i of the pattern is state i, and state `steps.size()` accepts. All states that can be reached are followed
     * at once, so the time is at most (length of path) x (length of pattern): a pattern from outside cannot explode.
     * A step that may be left without reading anything leads only to later states, so one pass in ascending order sees
     * every state that is reached. */

    /// Stands before the first and behind the last character.
    private static final int NONE = Integer.MIN_VALUE;

    private final List<Step> steps;
    private final ByteString prefix;
    private final ByteString suffix;

    /// One step of a pattern.
    sealed interface Step {
        /// This character.
        record Literal(int point) implements Step {}

        /// One character of a set.
        record One(CharacterSet set) implements Step {}

        /// One character of a set, or nothing.
        record Maybe(CharacterSet set) implements Step {}

        /// Any number of characters of a set.
        record Many(CharacterSet set) implements Step {}

        /// Nothing, or what [Ancestors] reads.
        record MaybeAncestors() implements Step {}

        /// Any characters of one line, and a slash.
        record Ancestors() implements Step {}

        /// Any characters of one line.
        record Rest() implements Step {}

        /// Reads nothing, and is passed only at such a place.
        record Place(Kind kind) implements Step {
            enum Kind {
                START,
                END,
                WORD_EDGE,
                NO_WORD_EDGE
            }
        }
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

    /// {@return what every path that matches starts with}
    ByteString prefix() {
        return prefix;
    }

    /// {@return what every path that matches ends with; empty when the prefix is the whole pattern}
    ByteString suffix() {
        return suffix;
    }

    boolean matches(ByteString path) {
        if (!path.startsWith(prefix) || !path.endsWith(suffix)) {
            return false;
        }
        if (prefix.length() == steps.size()) {
            return path.length() == prefix.length();
        }
        return matches(CodePoints.decode(path));
    }

    boolean matches(int[] points) {
        boolean[] states = read(points);
        pass(states, new boolean[states.length], points.length == 0 ? NONE : points[points.length - 1], NONE);
        return states[steps.size()];
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

    /// {@return the states that hold after the last character, without those that are reached from them for nothing}
    private boolean[] read(int[] points) {
        var states = new boolean[steps.size() + 1];
        states[0] = true;
        int before = NONE;
        for (int point : points) {
            var next = new boolean[states.length];
            pass(states, next, before, point);
            states = next;
            before = point;
        }
        return states;
    }

    /// Adds to `states` what they reach for nothing, and to `next` what they reach with `point`.
    private void pass(boolean[] states, boolean[] next, int before, int point) {
        for (int i = 0; i < steps.size(); i++) {
            if (states[i]) {
                advance(i, states, next, before, point);
            }
        }
    }

    private void advance(int i, boolean[] states, boolean[] next, int before, int point) {
        switch (steps.get(i)) {
            case Step.Literal literal -> next[i + 1] |= literal.point() == point;
            case Step.One one -> next[i + 1] |= point != NONE && one.set().has(point);
            case Step.Maybe maybe -> {
                states[i + 1] = true;
                next[i + 1] |= point != NONE && maybe.set().has(point);
            }
            case Step.Many many -> {
                states[i + 1] = true;
                next[i] |= point != NONE && many.set().has(point);
            }
            case Step.MaybeAncestors _ -> {
                states[i + 1] = true;
                states[i + 2] = true;
            }
            case Step.Ancestors _ -> {
                next[i] |= point != '\n';
                next[i + 1] |= point == '/';
            }
            case Step.Rest _ -> {
                states[i + 1] = true;
                next[i] |= point != '\n';
            }
            case Step.Place place -> states[i + 1] |= isAt(place.kind(), before, point);
        }
    }

    private static boolean isAt(Step.Place.Kind kind, int before, int point) {
        return switch (kind) {
            case START -> before == NONE;
            case END -> point == NONE;
            case WORD_EDGE -> isWord(before) != isWord(point);
            case NO_WORD_EDGE -> isWord(before) == isWord(point);
        };
    }

    private static boolean isWord(int point) {
        return point != NONE && CharacterSet.WORD.has(point);
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
