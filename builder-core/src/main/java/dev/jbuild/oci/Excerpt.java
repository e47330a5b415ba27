package dev.jbuild.oci;

/// Text from outside as it may stand in a message: one line, printable, of bounded length.
public final class Excerpt {
    /// So that a whole message stays near 200 characters.
    private static final int MAX_LENGTH = 100;

    private Excerpt() {}

    /// {@return `text` without control and format characters (they become `?`), cut after 100 characters}
    public static String of(String text) {
        var printable = new StringBuilder(Math.min(text.length(), MAX_LENGTH + 3));
        int at = 0;
        while (at < text.length()) {
            if (printable.length() >= MAX_LENGTH) {
                return printable.append("...").toString();
            }
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            printable.appendCodePoint(isPrintable(character) ? character : '?');
        }
        return printable.toString();
    }

    /// {@return [#of(String)] in single quotes}
    public static String quoted(String text) {
        return "'" + of(text) + "'";
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
