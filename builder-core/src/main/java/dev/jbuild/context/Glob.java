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
    private final ByteString middle;
    /// How many slashes every path that matches has; -1 when that differs.
    private final int slashes;

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
        this.middle = longestText(this.steps);
        this.slashes = slashes(this.steps);
    }

    private static ByteString longestText(List<Step> steps) {
        List<Step> longest = List.of();
        for (int start = 0; start < steps.size(); start++) {
            int end = start;
            while (end < steps.size() && isByte(steps.get(end))) {
                end++;
            }
            if (end - start > longest.size()) {
                longest = steps.subList(start, end);
            }
            start = end;
        }
        return literals(longest);
    }

    private static int slashes(List<Step> steps) {
        int slashes = 0;
        for (Step step : steps) {
            boolean varies = switch (step) {
                case Step.Literal _, Step.Place _ -> false;
                case Step.One(CharacterSet set) -> set.has('/');
                case Step.Maybe(CharacterSet set) -> set.has('/');
                case Step.Many(CharacterSet set) -> set.has('/');
                case Step.MaybeAncestors _, Step.Ancestors _, Step.Rest _ -> true;
            };
            if (varies) {
                return -1;
            }
            slashes += step instanceof Step.Literal(int point) && point == '/' ? 1 : 0;
        }
        return slashes;
    }

    private static int count(ByteString path) {
        int count = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            count++;
        }
        return count;
    }

    /// {@return what every path that matches starts with}
    ByteString prefix() {
        return prefix;
    }

    /// {@return what every path that matches ends with; empty when the prefix is the whole pattern}
    ByteString suffix() {
        return suffix;
    }

    /// {@return what is somewhere in every path that matches, as long as possible}
    ByteString middle() {
        return middle;
    }

    boolean matches(ByteString path) {
        if (slashes >= 0 && slashes != count(path)) {
            return false;
        }
        if (!path.startsWith(prefix) || !path.endsWith(suffix)) {
            return false;
        }
        if (prefix.length() == steps.size()) {
            return path.length() == prefix.length();
        }
        return steps.size() < Long.SIZE ? matchesInBits(path) : matches(CodePoints.decode(path));
    }

    /// The same as for long patterns, with a bit for each state.
    private boolean matchesInBits(ByteString path) {
        long states = 1;
        int before = NONE;
        for (int at = 0; at < path.length() && states != 0; ) {
            int point = CodePoints.pointAt(path, at);
            states = passInBits(states, before, point);
            before = point;
            at += CodePoints.width(point);
        }
        return states != 0 && accepts(states, before);
    }

    private long passInBits(long states, int before, int point) {
        long next = 0;
        for (long left = states; left != 0; left &= left - 1) {
            int i = Long.numberOfTrailingZeros(left);
            if (i == steps.size()) {
                break;
            }
            Step step = steps.get(i);
            left |= skipped(step, before, point) << i;
            next |= read(step, point) << i;
        }
        return next;
    }

    private boolean accepts(long states, int before) {
        long all = states;
        for (int i = 0; i < steps.size(); i++) {
            if ((all >>> i & 1) != 0) {
                all |= skipped(steps.get(i), before, NONE) << i;
            }
        }
        return (all >>> steps.size() & 1) != 0;
    }

    /// {@return what a step leads to for nothing, as bits from its own place on}
    private static long skipped(Step step, int before, int point) {
        return switch (step) {
            case Step.Literal _, Step.One _, Step.Ancestors _ -> 0;
            case Step.Maybe _, Step.Many _, Step.Rest _ -> 2;
            case Step.MaybeAncestors _ -> 6;
            case Step.Place(var kind) -> isAt(kind, before, point) ? 2 : 0;
        };
    }

    /// {@return what a step leads to with a character, as bits from its own place on}
    private static long read(Step step, int point) {
        return switch (step) {
            case Step.Literal(int wanted) -> wanted == point ? 2 : 0;
            case Step.One(CharacterSet set) -> set.has(point) ? 2 : 0;
            case Step.Maybe(CharacterSet set) -> set.has(point) ? 2 : 0;
            case Step.Many(CharacterSet set) -> set.has(point) ? 1 : 0;
            case Step.Ancestors _ -> (point == '\n' ? 0 : 1) | (point == '/' ? 2 : 0);
            case Step.Rest _ -> point == '\n' ? 0 : 1;
            case Step.MaybeAncestors _, Step.Place _ -> 0;
        };
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
        if (slashes >= 0 && slashes <= count(directory)) {
            return false;
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
