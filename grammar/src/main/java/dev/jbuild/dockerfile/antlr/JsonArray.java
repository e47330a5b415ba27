package dev.jbuild.dockerfile.antlr;

import java.util.BitSet;

/// What an array in JSON holds, found without building it and without recursion.
///
/// @param kind whether it is an array at all
/// @param position index of the first character that no array has there, or of the first element that is no string
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
public record JsonArray(Kind kind, int position) {
    /// As deep as other front ends read.
    private static final int MAX_DEPTH = 10_000;

    /// What stands in the text.
    public enum Kind {
        /// An array whose elements are strings, or an empty one.
        STRINGS,
        /// An array with another element.
        OTHER,
        /// No JSON array, or something behind it.
        INVALID
    }

    /// Reads the text from `start`, where a bracket opens, up to `end`.
    public static JsonArray read(MappedText text, int start, int end) {
        var reader = new Reader(text, start, end);
        if (!reader.read()) {
            return new JsonArray(Kind.INVALID, reader.at);
        }
        return reader.other < 0 ? new JsonArray(Kind.STRINGS, start) : new JsonArray(Kind.OTHER, reader.other);
    }

    /// Goes through the text once; whether each open bracket is one of an object is kept in a bit.
    private static final class Reader {
        private final MappedText text;
        private final int end;
        private final BitSet objects = new BitSet();
        private int depth;
        private int at;
        private int other = -1;

        Reader(MappedText text, int start, int end) {
            this.text = text;
            this.end = end;
            at = start;
        }

        boolean read() {
            do {
                if (!value()) {
                    return false;
                }
                // A value is complete: close what it was the last of.
                skip();
                while (depth > 0 && peek() == (objects.get(depth) ? '}' : ']')) {
                    at++;
                    depth--;
                    skip();
                }
                if (depth > 0) {
                    if (peek() != ',') {
                        return false;
                    }
                    at++;
                    skip();
                    if (objects.get(depth) && !key()) {
                        return false;
                    }
                }
            } while (depth > 0);
            return at == end;
        }

        /// Reads up to the end of a simple value or of an empty bracket, entering brackets that are not empty.
        private boolean value() {
            while (true) {
                skip();
                var start = at;
                var first = peek();
                if (first != '"' && other < 0 && depth == 1) {
                    other = start;
                }
                if (first != '[' && first != '{') {
                    return scalar(first);
                }
                at++;
                if (++depth > MAX_DEPTH) {
                    return false;
                }
                objects.set(depth, first == '{');
                skip();
                if (peek() == (first == '{' ? '}' : ']')) {
                    at++;
                    depth--;
                    return true;
                }
                if (first == '{' && !key()) {
                    return false;
                }
            }
        }

        private boolean key() {
            skip();
            if (!string()) {
                return false;
            }
            skip();
            if (peek() != ':') {
                return false;
            }
            at++;
            return true;
        }

        private boolean scalar(int first) {
            return switch (first) {
                case '"' -> string();
                case 't' -> word("true");
                case 'f' -> word("false");
                case 'n' -> word("null");
                default -> number();
            };
        }

        private boolean word(String expected) {
            for (var i = 0; i < expected.length(); i++, at++) {
                if (peek() != expected.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private boolean number() {
            var start = at;
            at += peek() == '-' ? 1 : 0;
            if (peek() == '0') {
                at++;
            } else if (!digits()) {
                return false;
            }
            if (peek() == '.') {
                at++;
                if (!digits()) {
                    return false;
                }
            }
            if (peek() == 'e' || peek() == 'E') {
                at++;
                at += peek() == '+' || peek() == '-' ? 1 : 0;
                if (!digits()) {
                    return false;
                }
            }
            // A number too large to be one makes the array none.
            return !Double.isInfinite(Double.parseDouble(text.text(start, at)));
        }

        private boolean digits() {
            var start = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            return at > start;
        }

        private boolean string() {
            if (peek() != '"') {
                return false;
            }
            at++;
            while (peek() != '"') {
                if (peek() < ' ') {
                    return false;
                }
                if (peek() == '\\') {
                    at++;
                    if (!escape()) {
                        return false;
                    }
                }
                at++;
            }
            at++;
            return true;
        }

        /// Leaves the place at the last character of the escape.
        private boolean escape() {
            if (peek() != 'u') {
                return peek() >= 0 && "\"\\/bfnrt".indexOf(peek()) >= 0;
            }
            for (var i = 0; i < 4; i++) {
                at++;
                if (peek() > 'f' || Character.digit(peek(), 16) < 0) {
                    return false;
                }
            }
            return true;
        }

        private void skip() {
            while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
                at++;
            }
        }

        private int peek() {
            return at < end ? text.character(at) : -1;
        }
    }
}
