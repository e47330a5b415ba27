package dev.jbuild.remote;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent signs in addresses.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, section 2.1</a>
final class EscapedText {
    /// Printable, but not in an address.
    private static final String UNSAFE = " \"<>\\^`{|}";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EscapedText() {}

    /// {@return the text with an escape for each character that no address can hold} Brackets stay in the host, where
    /// they hold an address of IPv6.
    static String ofUrl(String text) {
        int scheme = text.indexOf("://");
        int path = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
        var out = new StringBuilder(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean bracket = (c == '[' || c == ']') && path >= 0 && i > path;
            if (c > 0x7e || bracket || UNSAFE.indexOf(c) >= 0) {
                out.append('%').append(HEX.toHexDigits((byte) c));
            } else {
                out.append((char) c);
            }
        }
        return out.toString();
    }

    /// {@return the bytes that a valid escaped text stands for}
    static ByteString unescape(String text) {
        var out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                out.write(c);
            }
        }
        return ByteString.ofBytes(out.toByteArray());
    }
}
