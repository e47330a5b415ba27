package dev.jbuild.git;

import dev.jbuild.oci.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Resolves `%20` and its kin.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, percent-encoding</a>
final class PercentCode {
    private PercentCode() {}

    /// {@return `text` with its percent signs resolved}
    static String decode(String text) {
        return decoded(text, false);
    }

    /// {@return the same where a plus is a blank}
    static String decodeQuery(String text) {
        return decoded(text, true);
    }

    private static String decoded(String text, boolean query) {
        if (text.indexOf('%') < 0 && !(query && text.indexOf('+') >= 0)) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(encoded.length);
        for (int at = 0; at < encoded.length; at++) {
            if (encoded[at] != '%') {
                bytes.put(query && encoded[at] == '+' ? (byte) ' ' : encoded[at]);
                continue;
            }
            int high = at + 2 <= encoded.length - 1 ? Character.digit(encoded[at + 1], 16) : -1;
            int low = at + 2 <= encoded.length - 1 ? Character.digit(encoded[at + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new GitException("invalid URL escape in " + Excerpt.quoted(text));
            }
            bytes.put((byte) (high << 4 | low));
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw new GitException("invalid UTF-8 in " + Excerpt.quoted(text));
        }
    }
}
