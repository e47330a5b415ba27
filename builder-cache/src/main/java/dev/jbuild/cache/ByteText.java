package dev.jbuild.cache;

import dev.jbuild.linux.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Names of bytes as text for a cache key: UTF-8 stands as it is, every other byte is `\xNN`, a backslash is two.
/// Two different names give two different texts, and each text leads back to its name.
public final class ByteText {
    private static final int LONGEST_SEQUENCE = 4;

    private ByteText() {}

    public static String write(ByteString name) {
        if (name.indexOf('\\') < 0 && name.isUtf8()) {
            return name.utf8();
        }
        var text = new StringBuilder();
        for (int i = 0; i < name.length(); ) {
            int length = sequenceLength(name, i);
            if (length == 0) {
                text.append("\\x").append(HexFormat.of().toHexDigits(name.byteAt(i)));
                i++;
            } else {
                String character = name.substring(i, i + length).utf8();
                text.append(character.equals("\\") ? "\\\\" : character);
                i += length;
            }
        }
        return text.toString();
    }

    /// {@return the name that [#write] made `text` of}
    ///
    /// @throws IllegalArgumentException when it made it of none
    public static ByteString read(String text) {
        if (text.indexOf('\\') < 0) {
            return ByteString.of(text);
        }
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[source.length];
        int length = 0;
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '\\') {
                bytes[length++] = source[i];
            } else if (i + 1 < source.length && source[i + 1] == '\\') {
                bytes[length++] = '\\';
                i++;
            } else if (i + 3 < source.length && source[i + 1] == 'x') {
                String digits = new String(source, i + 2, 2, StandardCharsets.ISO_8859_1);
                bytes[length++] = (byte) HexFormat.fromHexDigits(digits);
                i += 3;
            } else {
                throw new IllegalArgumentException("a backslash that escapes nothing in '" + text + "'");
            }
        }
        return ByteString.ofBytes(Arrays.copyOf(bytes, length));
    }

    /// {@return how many bytes the character at `start` has, 0 when there is none}
    private static int sequenceLength(ByteString name, int start) {
        for (int length = 1; length <= LONGEST_SEQUENCE && start + length <= name.length(); length++) {
            if (name.substring(start, start + length).isUtf8()) {
                return length;
            }
        }
        return 0;
    }
}
