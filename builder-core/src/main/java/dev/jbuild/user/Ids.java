package dev.jbuild.user;

import dev.jbuild.linux.ByteString;
import org.jspecify.annotations.Nullable;

/// User and group ids as text.
final class Ids {
    /// The kernel takes 2^32 - 1 to mean "leave it as it is", see chown(2).
    private static final long LARGEST = 0xffff_fffeL;

    private Ids() {}

    /// {@return whether the text can only be a number: nothing but ASCII digits}
    static boolean isNumber(ByteString text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < '0' || text.byteAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// {@return the id, unsigned; null when the text is none}
    static @Nullable Integer parse(ByteString text) {
        if (!isNumber(text)) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < text.length() && value <= LARGEST; i++) {
            value = value * 10 + (text.byteAt(i) - '0');
        }
        return value <= LARGEST ? (int) value : null;
    }

    /// {@return the id that a number says}
    ///
    /// @param kind `user` or `group`
    /// @throws UserException when there can be no such id
    static int require(ByteString number, String kind) {
        Integer id = parse(number);
        if (id == null) {
            throw new UserException(number.toString(), kind + " id " + number + " is not in the range 0 to " + LARGEST);
        }
        return id;
    }
}
