package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One header block of a tar, its numbers read but nothing judged.
///
/// @param name with the prefix of ustar or star in front
/// @param size bytes behind the header, as this block says it
/// @param oldGnu whether the block has GNU tar's own layout, which has no prefix
/// @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">GNU tar manual: basic tar
///     format</a>
record TarHeader(
        ByteString name,
        byte type,
        long mode,
        long userId,
        long groupId,
        long size,
        long seconds,
        ByteString linkName,
        long deviceMajor,
        long deviceMinor,
        boolean oldGnu) {
    static final int BLOCK = 512;

    private static final int CHECKSUM = 148;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final byte[] USTAR = "ustar\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OLD_GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STAR = "tar\0".getBytes(StandardCharsets.US_ASCII);

    /// {@return the header in `block`, or null when its checksum or a number is wrong}
    static @Nullable TarHeader parse(byte[] block) {
        if (!isChecksumRight(block)) {
            return null;
        }
        boolean ustar = startsAt(block, MAGIC, USTAR);
        boolean oldGnu = startsAt(block, MAGIC, OLD_GNU);
        byte type = block[156];
        boolean device = (ustar || oldGnu) && (type == '3' || type == '4');
        Long mode = TarNumber.parse(block, 100, 8);
        Long user = TarNumber.parse(block, 108, 8);
        Long group = TarNumber.parse(block, 116, 8);
        Long size = TarNumber.parse(block, 124, 12);
        Long seconds = TarNumber.parse(block, 136, 12);
        Long major = device ? TarNumber.parse(block, 329, 8) : Long.valueOf(0);
        Long minor = device ? TarNumber.parse(block, 337, 8) : Long.valueOf(0);
        if (mode == null || user == null || group == null || size == null) {
            return null;
        }
        if (seconds == null || major == null || minor == null) {
            return null;
        }
        ByteString name = text(block, 0, 100);
        if (ustar) {
            ByteString prefix = text(block, PREFIX, isStar(block) ? 131 : 155);
            name = prefix.isEmpty() ? name : prefix.concat(SLASH).concat(name);
        }
        ByteString link = text(block, 157, 100);
        return new TarHeader(name, type, mode, user, group, size, seconds, link, major, minor, oldGnu);
    }

    static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /// {@return the bytes up to the first NUL, or all of them}
    static ByteString text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return ByteString.ofBytes(bytes, offset, end - offset);
    }

    private static final ByteString SLASH = ByteString.of("/");

    /// The sum takes the checksum field as spaces. Some old writers summed signed bytes.
    private static boolean isChecksumRight(byte[] block) {
        Long written = TarNumber.parse(block, CHECKSUM, 8);
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte value = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += value & 0xff;
            signed += value;
        }
        return written != null && (written == unsigned || written == signed);
    }

    /// Star puts access and change time where ustar has the end of the prefix; GNU tar knows it by the same
    /// signs.
    private static boolean isStar(byte[] block) {
        boolean times = block[PREFIX + 130] == 0 && isOctalTime(block, 476) && isOctalTime(block, 488);
        return times || startsAt(block, 508, STAR);
    }

    private static boolean isOctalTime(byte[] block, int offset) {
        return block[offset] >= '0' && block[offset] <= '7' && block[offset + 11] == ' ';
    }

    private static boolean startsAt(byte[] block, int offset, byte[] magic) {
        return Arrays.equals(block, offset, offset + magic.length, magic, 0, magic.length);
    }
}
