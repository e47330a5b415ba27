package dev.jbuild.dockerfile;

import java.util.Locale;

/// Prints a [SyntaxTree], one instruction a line, as S-expressions with the strings quoted as Go quotes them, so that
/// other front ends can be compared.
public final class AstDump {
    private final StringBuilder out = new StringBuilder();

    private AstDump() {}

    /// Returns the dump of a tree, each line ended by a line feed.
    public static String of(SyntaxTree tree) {
        var dump = new AstDump();
        for (var node : tree.nodes()) {
            dump.node(node);
            dump.out.append('\n');
        }
        return dump.out.toString();
    }

    private void node(SyntaxTree.Node node) {
        out.append('(').append(node.keyword().toLowerCase(Locale.ROOT));
        var separator = " [";
        for (var flag : node.flags()) {
            out.append(separator);
            quote(flag);
            separator = " ";
        }
        if (!node.flags().isEmpty()) {
            out.append(']');
        }
        for (var argument : node.arguments()) {
            switch (argument) {
                case SyntaxTree.Plain(String text) -> string(text);
                case SyntaxTree.Trigger(SyntaxTree.Node trigger) -> {
                    out.append(' ');
                    node(trigger);
                }
            }
        }
        out.append(')');
    }

    private void string(String text) {
        if (out.charAt(out.length() - 1) != '(') {
            out.append(' ');
        }
        quote(text);
    }

    private void quote(String text) {
        out.append('"');
        text.codePoints().forEach(this::quote);
        out.append('"');
    }

    private void quote(int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0B -> out.append("\\v");
            default -> {
                if (isPrintable(character)) {
                    out.appendCodePoint(character);
                } else if (character < ' ' || character == 0x7F) {
                    hexadecimal("\\x", character, 2);
                } else if (Character.isBmpCodePoint(character)) {
                    hexadecimal("\\u", character, 4);
                } else {
                    hexadecimal("\\U", character, 8);
                }
            }
        }
    }

    private void hexadecimal(String prefix, int value, int digits) {
        var text = Integer.toHexString(value);
        out.append(prefix).repeat('0', digits - text.length()).append(text);
    }

    private static boolean isPrintable(int character) {
        if (character == ' ') {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
