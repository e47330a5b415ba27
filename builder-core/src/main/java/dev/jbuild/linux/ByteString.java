package dev.jbuild.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file name, a path, a link target or an extended attribute: any bytes, as the kernel sees them.
///
/// A name on Linux is not text: it may hold any byte but `/` and NUL, and a Java string would silently replace
/// what is not UTF-8. Paths inside a tree are relative without a leading slash; the empty one is the root.
/// The order is that of unsigned bytes.
public final class ByteString implements Comparable<ByteString> {
    /// No bytes; as a path, the root of its tree.
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private int hash;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /// {@return the UTF-8 bytes of `text`}
    public static ByteString of(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// {@return a copy of `bytes`}
    public static ByteString ofBytes(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /// {@return a copy of `length` bytes from `offset`}
    public static ByteString ofBytes(byte[] bytes, int offset, int length) {
        return length == 0 ? EMPTY : new ByteString(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /// {@return `bytes` itself as a value; nobody may write to it afterwards}
    static ByteString wrap(byte[] bytes) {
        return new ByteString(bytes);
    }

    /// {@return number of bytes}
    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    /// {@return a copy of the bytes}
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// {@return the bytes themselves, only to read}
    byte[] array() {
        return bytes;
    }

    public boolean startsWith(ByteString prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    public boolean endsWith(ByteString suffix) {
        int from = bytes.length - suffix.bytes.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, suffix.bytes, 0, suffix.bytes.length);
    }

    /// {@return whether this path is `directory` or lies below it}
    public boolean isBelowOrSame(ByteString directory) {
        return directory.isEmpty()
                || (startsWith(directory) && (length() == directory.length() || bytes[directory.length()] == '/'));
    }

    public ByteString concat(ByteString tail) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + tail.bytes.length);
        System.arraycopy(tail.bytes, 0, joined, bytes.length, tail.bytes.length);
        return new ByteString(joined);
    }

    /// {@return the bytes from `start` (inclusive) to `end` (exclusive)}
    public ByteString substring(int start, int end) {
        return ofBytes(bytes, start, end - start);
    }

    public ByteString substring(int start) {
        return substring(start, bytes.length);
    }

    /// {@return this path, a slash, and `child`; only the other one when one of both is empty}
    public ByteString resolve(ByteString child) {
        if (isEmpty()) {
            return child;
        }
        if (child.isEmpty()) {
            return this;
        }
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + child.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(child.bytes, 0, joined, bytes.length + 1, child.bytes.length);
        return new ByteString(joined);
    }

    /// {@return all before the last slash; empty when there is none}
    public ByteString parent() {
        int slash = lastIndexOf('/');
        return slash < 0 ? EMPTY : substring(0, slash);
    }

    /// {@return all behind the last slash; everything when there is none}
    public ByteString name() {
        return substring(lastIndexOf('/') + 1);
    }

    /// {@return index of the first such byte, or -1}
    public int indexOf(int value) {
        return indexOf(value, 0);
    }

    /// {@return index of the first such byte at or after `from`, or -1}
    public int indexOf(int value, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == (byte) value) {
                return i;
            }
        }
        return -1;
    }

    /// {@return index of the last such byte, or -1}
    public int lastIndexOf(int value) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == (byte) value) {
                return i;
            }
        }
        return -1;
    }

    /// {@return the bytes as text; what is not UTF-8 becomes U+FFFD, so use it only when [#isUtf8()] or for search}
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// {@return whether the bytes are exactly the UTF-8 form of some text}
    public boolean isUtf8() {
        for (int i = 0; i < bytes.length; ) {
            int length = sequenceLength(i);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(bytes);
        }
        return hash;
    }

    /// {@return the bytes to show to a person: invalid UTF-8 and control characters as `\xNN`}
    @Override
    public String toString() {
        var text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; ) {
            int length = sequenceLength(i);
            String character = length == 0 ? "" : new String(bytes, i, length, StandardCharsets.UTF_8);
            if (length == 0 || Character.isISOControl(character.codePointAt(0))) {
                for (int end = i + Math.max(1, length); i < end; i++) {
                    text.append("\\x")
                            .append((char) HEX_DIGITS[(bytes[i] >> 4) & 15])
                            .append((char) HEX_DIGITS[bytes[i] & 15]);
                }
            } else {
                text.append(character);
                i += length;
            }
        }
        return text.toString();
    }

    /// {@return length of the valid UTF-8 sequence (Unicode table 3-7) at `start`, or 0}
    private int sequenceLength(int start) {
        int first = bytes[start] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = lengthAnnouncedBy(first);
        if (length == 0 || start + length > bytes.length) {
            return 0;
        }
        int second = bytes[start + 1] & 0xff;
        boolean overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
        boolean outside = (first == 0xed && second > 0x9f) || (first == 0xf4 && second > 0x8f);
        for (int i = 1; i < length; i++) {
            if ((bytes[start + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return overlong || outside ? 0 : length;
    }

    private static int lengthAnnouncedBy(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        if (first < 0xe0) {
            return 2;
        }
        return first < 0xf0 ? 3 : 4;
    }
}
