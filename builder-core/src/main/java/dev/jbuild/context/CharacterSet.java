package dev.jbuild.context;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Characters that a pattern takes at one place. Bytes that are not UTF-8 count as U+FFFD, as in Go.
///
/// @param negated whether all other characters are meant
record CharacterSet(boolean negated, List<Member> members) {
    static final CharacterSet DIGIT = ofRanges('0', '9');
    static final CharacterSet SPACE = ofRanges('\t', '\n', '\f', '\r', ' ', ' ');
    static final CharacterSet WORD = ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
    static final CharacterSet NO_SLASH = new CharacterSet(true, List.of(new Member.Range('/', '/')));

    private static final int REPLACEMENT = 0xfffd;

    CharacterSet {
        members = List.copyOf(members);
    }

    /// Part of a set.
    sealed interface Member {
        /// All from `low` to `high`, both included; none when they are the wrong way round.
        record Range(int low, int high) implements Member {}

        /// A set of its own.
        record Nested(CharacterSet set) implements Member {}

        /// All whose Unicode general category begins with a letter.
        record Category(int letter) implements Member {}
    }

    /// {@return the set of ranges}
    ///
    /// @param bounds first and last character of each range in turn
    static CharacterSet ofRanges(int... bounds) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < bounds.length; i += 2) {
            members.add(new Member.Range(bounds[i], bounds[i + 1]));
        }
        return new CharacterSet(false, members);
    }

    /// {@return the set that POSIX calls `name`, or null}
    static @Nullable CharacterSet ofName(String name) {
        return switch (name) {
            case "alnum" -> ofRanges('0', '9', 'A', 'Z', 'a', 'z');
            case "alpha" -> ofRanges('A', 'Z', 'a', 'z');
            case "ascii" -> ofRanges(0, 0x7f);
            case "blank" -> ofRanges('\t', '\t', ' ', ' ');
            case "cntrl" -> ofRanges(0, 0x1f, 0x7f, 0x7f);
            case "digit" -> DIGIT;
            case "graph" -> ofRanges('!', '~');
            case "lower" -> ofRanges('a', 'z');
            case "print" -> ofRanges(' ', '~');
            case "punct" -> ofRanges('!', '/', ':', '@', '[', '`', '{', '~');
            case "space" -> ofRanges('\t', '\r', ' ', ' ');
            case "upper" -> ofRanges('A', 'Z');
            case "word" -> WORD;
            case "xdigit" -> ofRanges('0', '9', 'A', 'F', 'a', 'f');
            default -> null;
        };
    }

    CharacterSet complement() {
        return new CharacterSet(!negated, members);
    }

    boolean has(int point) {
        int character = point < 0 ? REPLACEMENT : point;
        for (int i = 0; i < members.size(); i++) {
            if (has(members.get(i), character)) {
                return !negated;
            }
        }
        return negated;
    }

    private static boolean has(Member member, int character) {
        return switch (member) {
            case Member.Range range -> range.low() <= character && character <= range.high();
            case Member.Nested nested -> nested.set().has(character);
            case Member.Category category -> categoryOf(character) == category.letter();
        };
    }

    private static int categoryOf(int character) {
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> 'L';
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> 'M';
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> 'N';
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 'Z';
            case Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> 'P';
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                'S';
            default -> 'C';
        };
    }
}
