package dev.jbuild.frontend;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The pattern of `${v#p}`, `${v%p}` and `${v/p/r}`: `*` any text, `?` any character, `\x` the character x, and every
/// other character itself. There are no brackets.
///
/// Matching advances all possibilities at once, so its time is length of pattern times length of text, whatever the
/// pattern.
final class ShellPattern {
    private sealed interface Element {
        record One(int codePoint) implements Element {}

        record AnyOne() implements Element {}

        record AnyMany() implements Element {}
    }

    private final List<Element> elements;

    private ShellPattern(List<Element> elements) {
        this.elements = elements;
    }

    static ShellPattern of(String text) {
        var elements = new ArrayList<Element>();
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            switch (codePoints[i]) {
                case '*' -> elements.add(new Element.AnyMany());
                case '?' -> elements.add(new Element.AnyOne());
                case '\\' -> {
                    if (i + 1 < codePoints.length) {
                        i++;
                    }
                    elements.add(new Element.One(codePoints[i]));
                }
                default -> elements.add(new Element.One(codePoints[i]));
            }
        }
        return new ShellPattern(elements);
    }

    /// {@return `value` without the shortest or longest start that matches}
    String withoutPrefix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int length = matchLength(text, 0, longest);
        return length < 0 ? value : new String(text, length, text.length - length);
    }

    /// {@return `value` without the shortest or longest end that matches}
    String withoutSuffix(String value, boolean longest) {
        int[] reversedText = reversed(value.codePoints().toArray());
        int length = new ShellPattern(elements.reversed()).matchLength(reversedText, 0, longest);
        if (length < 0) {
            return value;
        }
        int[] text = reversed(reversedText);
        return new String(text, 0, text.length - length);
    }

    /// {@return `value` with its first match, or every match, replaced}; each match is as long as possible.
    String replace(String value, String replacement, boolean all) {
        int[] text = value.codePoints().toArray();
        var out = new StringBuilder();
        int at = 0;
        boolean replaced = false;
        while (at < text.length) {
            int length = replaced && !all ? -1 : matchLength(text, at, true);
            if (length > 0) {
                out.append(replacement);
                at += length;
                replaced = true;
            } else {
                out.appendCodePoint(text[at++]);
            }
        }
        return out.toString();
    }

    /// How many characters from `start` match: the fewest or the most possible; -1 when none do.
    private int matchLength(int[] text, int start, boolean longest) {
        int best = -1;
        var states = new BitSet(elements.size() + 1);
        states.set(0);
        skipStars(states);
        for (int at = start; ; at++) {
            if (states.get(elements.size())) {
                best = at - start;
                if (!longest) {
                    return best;
                }
            }
            if (at == text.length || states.isEmpty()) {
                return best;
            }
            states = step(states, text[at]);
        }
    }

    private BitSet step(BitSet states, int codePoint) {
        var next = new BitSet(elements.size() + 1);
        for (int state = states.nextSetBit(0);
                state >= 0 && state < elements.size();
                state = states.nextSetBit(state + 1)) {
            switch (elements.get(state)) {
                case Element.One(int expected) -> next.set(state + 1, next.get(state + 1) || expected == codePoint);
                case Element.AnyOne() -> next.set(state + 1);
                case Element.AnyMany() -> next.set(state);
            }
        }
        skipStars(next);
        return next;
    }

    /// A star may stand for nothing: whoever waits at one waits behind it too.
    private void skipStars(BitSet states) {
        for (int state = states.nextSetBit(0);
                state >= 0 && state < elements.size();
                state = states.nextSetBit(state + 1)) {
            if (elements.get(state) instanceof Element.AnyMany) {
                states.set(state + 1);
            }
        }
    }

    private static int[] reversed(int[] text) {
        int[] out = new int[text.length];
        for (int i = 0; i < text.length; i++) {
            out[i] = text[text.length - 1 - i];
        }
        return out;
    }
}
