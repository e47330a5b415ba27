package dev.jbuild.context;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what stands for one character in a regular expression of Go: a class in brackets, an escape.
class GoCharacters {
    final int[] points;
    int at;

    GoCharacters(int[] points) {
        this.points = points.clone();
    }

    CharacterSet set() throws Glob.PatternSyntax {
        boolean negated = accept('^');
        var members = new ArrayList<CharacterSet.Member>();
        while (members.isEmpty() || !accept(']')) {
            members.add(member());
        }
        return new CharacterSet(negated, members);
    }

    private CharacterSet.Member member() throws Glob.PatternSyntax {
        CharacterSet named = isAt("[:") ? namedSet() : null;
        if (named != null) {
            return new CharacterSet.Member.Nested(named);
        }
        if (isAt("\\")) {
            at++;
            CharacterSet escaped = escapedSet();
            if (escaped != null) {
                return new CharacterSet.Member.Nested(escaped);
            }
            at--;
        }
        int start = at;
        int low = character();
        int high = low;
        if (at + 1 < points.length && points[at] == '-' && points[at + 1] != ']') {
            at++;
            high = character();
        }
        if (high < low) {
            throw new Glob.PatternSyntax("the range '" + text(start, at) + "' is the wrong way round");
        }
        return new CharacterSet.Member.Range(low, high);
    }

    private int character() throws Glob.PatternSyntax {
        if (at == points.length) {
            throw new Glob.PatternSyntax("'[' without ']'");
        }
        int point = points[at++];
        return point == '\\' ? escaped() : point;
    }

    /// {@return the set that a name like `[:alpha:]` stands for; null when there is no `:]`}
    private @Nullable CharacterSet namedSet() throws Glob.PatternSyntax {
        int end = at + 2;
        while (end + 1 < points.length && !(points[end] == ':' && points[end + 1] == ']')) {
            end++;
        }
        if (end + 1 >= points.length) {
            return null;
        }
        boolean negated = points[at + 2] == '^';
        String name = text(at + (negated ? 3 : 2), end);
        CharacterSet set = CharacterSet.ofName(name);
        if (set == null) {
            throw new Glob.PatternSyntax("'" + text(at, end + 2) + "' names no class");
        }
        at = end + 2;
        return negated ? set.complement() : set;
    }

    /// {@return the set that what follows a backslash stands for; null when it stands for one character}
    @Nullable
    CharacterSet escapedSet() throws Glob.PatternSyntax {
        int point = peek();
        CharacterSet set = switch (point) {
            case 'd', 'D' -> CharacterSet.DIGIT;
            case 's', 'S' -> CharacterSet.SPACE;
            case 'w', 'W' -> CharacterSet.WORD;
            case 'p', 'P' -> category();
            default -> null;
        };
        if (set == null) {
            return null;
        }
        at++;
        return point >= 'a' ? set : set.complement();
    }

    /// {@return the set of `\pL`}; reads the `p`
    private CharacterSet category() throws Glob.PatternSyntax {
        at++;
        int letter = peek();
        int category = letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter;
        if (category < 0 || "CLMNPSZ".indexOf(category) < 0) {
            throw new Glob.PatternSyntax("'" + text(at - 2, Math.min(points.length, at + 1)) + "' names no class");
        }
        return new CharacterSet(false, List.of(new CharacterSet.Member.Category(category)));
    }

    /// {@return the one character that what follows a backslash stands for}
    int escaped() throws Glob.PatternSyntax {
        int start = at - 1;
        int point = peek();
        at++;
        return switch (point) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> hexadecimal(start);
            case '0' -> octal(point - '0');
            case '1', '2', '3', '4', '5', '6', '7' -> {
                if (!isOctal(peek())) {
                    throw noEscape(start);
                }
                yield octal(point - '0');
            }
            default -> {
                if (point < 0 || point >= 0x80 || isAlphanumeric(point)) {
                    throw noEscape(start);
                }
                yield point;
            }
        };
    }

    private int octal(int first) {
        int value = first;
        for (int i = 1; i < 3 && isOctal(peek()); i++) {
            value = value * 8 + points[at++] - '0';
        }
        return value;
    }

    private int hexadecimal(int start) throws Glob.PatternSyntax {
        int value = 0;
        for (int i = 0; i < 2; i++) {
            int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw noEscape(start);
            }
            value = value * 16 + digit;
            at++;
        }
        return value;
    }

    private Glob.PatternSyntax noEscape(int start) {
        return new Glob.PatternSyntax(
                "'" + text(start, Math.min(points.length, at)) + "' is no escape that Docker knows");
    }

    private static boolean isOctal(int point) {
        return point >= '0' && point <= '7';
    }

    private static boolean isAlphanumeric(int point) {
        return isDigit(point) || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
    }

    int peek() {
        return at < points.length ? points[at] : -1;
    }

    boolean accept(int point) {
        if (peek() != point) {
            return false;
        }
        at++;
        return true;
    }

    boolean isAt(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= points.length || points[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text(int start, int end) {
        return new String(points, start, end - start);
    }

    static boolean isDigit(int point) {
        return point >= '0' && point <= '9';
    }
}
