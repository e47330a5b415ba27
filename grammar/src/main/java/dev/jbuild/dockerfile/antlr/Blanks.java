package dev.jbuild.dockerfile.antlr;

/// What counts as a blank.
public final class Blanks {
    private Blanks() {}

    /// Returns whether Unicode calls a character white space.
    ///
    /// @see <a href="https://www.unicode.org/reports/tr44/#White_Space">White_Space</a>
    public static boolean isBlank(int character) {
        if (character <= ' ') {
            return character == ' ' || (character >= '\t' && character <= '\r');
        }
        return switch (character) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> character >= 0x2000 && character <= 0x200A;
        };
    }

    /// Returns whether a character separates words of an instruction: a blank of ASCII.
    public static boolean isSeparator(int character) {
        return character == ' ' || character == '\t' || (character >= 0x0B && character <= '\r');
    }

    /// Returns a text without the blanks around it.
    public static String strip(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
