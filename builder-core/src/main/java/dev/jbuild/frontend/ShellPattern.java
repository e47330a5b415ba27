package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import java.util.Arrays;

/// The pattern of `${v#p}`, `${v%p}` and `${v/p/r}`: `*` any text, `?` any character (neither a line break), `\x` the
/// character x if it is one of these, and every other character itself. There are no brackets.
///
/// Matching advances all possibilities at once, so its time is at most length of pattern times length of text, whatever
/// the pattern.
final class ShellPattern {
    /// Longer than any pattern that a person writes.
    private static final int MAX_LENGTH = 1024;

    private static final int ANY_ONE = -1;
    private static final int ANY_MANY = -2;
    private static final int NONE = Integer.MAX_VALUE;

    private final int[] elements;
    private final SourceRange range;

    private ShellPattern(int[] elements, SourceRange range) {
        this.elements = elements;
        this.range = range;
    }

    /// @param range where the pattern stands
    /// @throws ExpansionException when it is none
    static ShellPattern of(String text, SourceRange range) {
        return compile(text.codePoints().toArray(), range);
    }

    private static ShellPattern compile(int[] text, SourceRange range) {
        if (text.length > MAX_LENGTH) {
            throw new ExpansionException(range, "the pattern is longer than " + MAX_LENGTH + " characters");
        }
        var elements = new int[text.length];
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            elements[count++] = switch (text[i]) {
                case '*' -> ANY_MANY;
                case '?' -> ANY_ONE;
                case '\\' -> escaped(i + 1 < text.length ? text[i + 1] : 0, range);
                default -> text[i];
            };
            i += text[i] == '\\' ? 1 : 0;
        }
        return new ShellPattern(Arrays.copyOf(elements, count), range);
    }

    private static int escaped(int next, SourceRange range) {
        return switch (next) {
            case '*', '?', '\\', '}', '/' -> next;
            default ->
                throw new ExpansionException(
                        range,
                        next == 0
                                ? "nothing follows the last '\\' of the pattern"
                                : "the pattern cannot have '" + Character.toString(next) + "' behind a '\\'");
        };
    }

    /// {@return `value` without the shortest or longest start that matches}
    String withoutPrefix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int end = find(text, 0, true, longest).end();
        return end < 0 ? value : new String(text, end, text.length - end);
    }

    /// {@return `value` without the shortest or longest end that matches}
    static String withoutSuffix(String pattern, SourceRange range, String value, boolean longest) {
        int[] text = reversed(value.codePoints().toArray());
        int end = compile(reversedPattern(pattern.codePoints().toArray()), range)
                .find(text, 0, true, longest)
                .end();
        if (end < 0) {
            return value;
        }
        int[] rest = reversed(Arrays.copyOfRange(text, end, text.length));
        return new String(rest, 0, rest.length);
    }

    /// {@return `value` with its first match replaced, which is as long as possible}
    String replaceFirst(String value, String replacement) {
        int[] text = value.codePoints().toArray();
        var match = find(text, 0, false, true);
        return match.end() < 0
                ? value
                : limited(new StringBuilder()
                        .append(new String(text, 0, match.start()))
                        .append(replacement)
                        .append(new String(text, match.end(), text.length - match.end())));
    }

    /// {@return `value` with every match replaced, each as long as possible}
    ///
    /// @param template in which `$0` is what matched, `$name` nothing, and `$$` a dollar sign
    String replaceAll(String value, String template) {
        int[] text = value.codePoints().toArray();
        var out = new StringBuilder();
        int copied = 0;
        int from = 0;
        while (from <= text.length) {
            var match = find(text, from, false, true);
            if (match.end() < 0) {
                break;
            }
            out.append(new String(text, copied, match.start() - copied));
            // Nothing is no match directly behind another match.
            if (match.end() > copied || match.start() == 0) {
                appendTemplate(template, new String(text, match.start(), match.end() - match.start()), out);
            }
            copied = match.end();
            from = match.end() > from ? match.end() : from + 1;
            limited(out);
        }
        return limited(out.append(new String(text, copied, text.length - copied)));
    }

    private String limited(StringBuilder out) {
        if (out.length() > WordExpander.MAX_LENGTH) {
            throw WordExpander.tooLong(range);
        }
        return out.toString();
    }

    private static void appendTemplate(String template, String whole, StringBuilder out) {
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) != '$') {
                out.append(template.charAt(i));
            } else if (template.startsWith("$$", i)) {
                out.append(template.charAt(++i));
            } else {
                boolean braced = template.startsWith("${", i);
                int start = i + (braced ? 2 : 1);
                int end = nameEnd(template, start);
                if (end == start || (braced && !template.startsWith("}", end))) {
                    out.append('$');
                } else {
                    out.append(template.substring(start, end).equals("0") ? whole : "");
                    i = braced ? end : end - 1;
                }
            }
        }
    }

    private static int nameEnd(String template, int start) {
        int end = start;
        while (end < template.length() && isNamePart(template.codePointAt(end))) {
            end += Character.charCount(template.codePointAt(end));
        }
        return end;
    }

    private static boolean isNamePart(int character) {
        return character == '_' || Character.isLetter(character) || Character.isDigit(character);
    }

    /// Where a match lies; -1 for none.
    private record Match(int start, int end) {}

    /// Finds the first match from a place on: of each state it is kept how early its match began.
    private Match find(int[] text, int from, boolean anchored, boolean longest) {
        var states = new int[elements.length + 1];
        Arrays.fill(states, NONE);
        int matchStart = NONE;
        int matchEnd = -1;
        for (int at = from; ; at++) {
            if (matchStart == NONE && (at == from || !anchored)) {
                enter(states, 0, at);
            }
            if (states[elements.length] <= matchStart && states[elements.length] != NONE) {
                matchStart = states[elements.length];
                matchEnd = at;
                if (!longest) {
                    break;
                }
            }
            if (at == text.length) {
                break;
            }
            var next = step(states, text[at], matchStart);
            if (next == null && (anchored || matchStart != NONE)) {
                break;
            }
            states = next == null ? cleared(states) : next;
        }
        return new Match(matchStart, matchEnd);
    }

    private static int[] cleared(int[] states) {
        Arrays.fill(states, NONE);
        return states;
    }

    /// {@return the states behind another character, or null when there is none}
    private int @org.jspecify.annotations.Nullable [] step(int[] states, int character, int latestStart) {
        int[] next = null;
        for (int state = 0; state < elements.length; state++) {
            if (states[state] == NONE || states[state] > latestStart) {
                continue;
            }
            int element = elements[state];
            boolean reads = element < 0 ? character != '\n' : element == character;
            if (reads) {
                if (next == null) {
                    next = new int[states.length];
                    Arrays.fill(next, NONE);
                }
                enter(next, element == ANY_MANY ? state : state + 1, states[state]);
            }
        }
        return next;
    }

    /// A star may stand for nothing: whoever waits at one waits behind it too.
    private void enter(int[] states, int first, int start) {
        for (int state = first; states[state] > start; state++) {
            states[state] = start;
            if (state == elements.length || elements[state] != ANY_MANY) {
                return;
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

    /// A backslash stays before the character that it escapes.
    private static int[] reversedPattern(int[] pattern) {
        int[] out = new int[pattern.length];
        int at = pattern.length;
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] == '\\' && i + 1 < pattern.length) {
                out[--at] = pattern[i + 1];
                out[--at] = pattern[i++];
            } else {
                out[--at] = pattern[i];
            }
        }
        return out;
    }
}
