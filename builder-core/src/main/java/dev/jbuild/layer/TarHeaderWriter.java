package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/// The header blocks of one entry of our layer tars: a pure function of the entry.
///
/// Plain ustar, with a PAX header before it only for what ustar cannot say: names that do not fit or are not
/// ASCII, numbers that do not fit (then also in base-256 in the block itself, so that no reader loses its
/// place), fractions of a second, extended attributes. No access or change time, no name of a user or group.
final class TarHeaderWriter {
    private static final int BLOCK = TarHeader.BLOCK;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final ByteString ROOT = ByteString.of("./");
    private static final ByteString SLASH = ByteString.of("/");
    private static final byte[] PAX_NAME = "PaxHeader".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    private final byte[] block = new byte[BLOCK];
    /// In byte order of keyword.
    private final TreeMap<ByteString, ByteString> records = new TreeMap<>();

    private TarHeaderWriter() {}

    /// {@return all header blocks of `entry`} For an opaque directory, those of its mark follow.
    static byte[] headers(LayerEntry entry) {
        byte[] own = new TarHeaderWriter().entry(entry);
        if (!entry.opaque()) {
            return own;
        }
        byte[] mark = new TarHeaderWriter().whiteout(entry.path().resolve(LayerPath.OPAQUE_MARK));
        byte[] both = Arrays.copyOf(own, own.length + mark.length);
        System.arraycopy(mark, 0, both, own.length, mark.length);
        return both;
    }

    private byte[] entry(LayerEntry entry) {
        if (entry.type() == EntryType.WHITEOUT) {
            ByteString path = entry.path();
            return whiteout(path.parent().resolve(LayerPath.WHITEOUT_PREFIX.concat(path.name())));
        }
        ByteString first = entry.hardLink();
        name(nameOf(entry));
        number(100, 8, "mode", entry.mode());
        number(108, 8, "uid", Integer.toUnsignedLong(entry.userId()));
        number(116, 8, "gid", Integer.toUnsignedLong(entry.groupId()));
        number(124, 12, "size", first == null ? entry.size() : 0);
        time(entry.modified());
        block[156] = typeFlag(entry);
        linkName(first == null ? entry.linkTarget() : first);
        if (entry.type().isDevice()) {
            number(329, 8, "SCHILY.devmajor", Integer.toUnsignedLong(entry.deviceMajor()));
            number(337, 8, "SCHILY.devminor", Integer.toUnsignedLong(entry.deviceMinor()));
        }
        if (first == null) {
            entry.xattrs().forEach((name, value) -> xattr(entry.path(), name, value));
        }
        return finished();
    }

    private byte[] whiteout(ByteString name) {
        name(name);
        number(100, 8, "mode", 0);
        number(108, 8, "uid", 0);
        number(116, 8, "gid", 0);
        number(124, 12, "size", 0);
        time(Timestamp.EPOCH);
        block[156] = '0';
        return finished();
    }

    private static ByteString nameOf(LayerEntry entry) {
        if (entry.path().isEmpty()) {
            return ROOT;
        }
        return entry.isDirectory() ? entry.path().concat(SLASH) : entry.path();
    }

    private static byte typeFlag(LayerEntry entry) {
        return (byte)
                switch (entry.type()) {
                    case FILE, WHITEOUT -> entry.hardLink() == null ? '0' : '1';
                    case SYMLINK -> '2';
                    case CHARACTER_DEVICE -> '3';
                    case BLOCK_DEVICE -> '4';
                    case DIRECTORY -> '5';
                    case FIFO -> '6';
                };
    }

    private void name(ByteString name) {
        int split = isAscii(name) ? split(name) : -1;
        if (split < 0) {
            records.put(ByteString.of("path"), name);
            bytes(0, NAME, name);
        } else if (split == 0) {
            bytes(0, NAME, name);
        } else {
            bytes(345, PREFIX, name.substring(0, split));
            bytes(0, NAME, name.substring(split + 1));
        }
    }

    /// {@return where the slash between prefix and name is, 0 when no prefix is needed, -1 when none helps} The
    /// last slash that leaves both parts short enough, so that there is one way to write a name.
    private static int split(ByteString name) {
        if (name.length() <= NAME) {
            return 0;
        }
        for (int i = Math.min(PREFIX, name.length() - 2); i >= name.length() - NAME - 1 && i > 0; i--) {
            if (name.byteAt(i) == '/') {
                return i;
            }
        }
        return -1;
    }

    private void linkName(ByteString target) {
        if (target.length() > NAME || !isAscii(target)) {
            records.put(ByteString.of("linkpath"), target);
        }
        bytes(157, NAME, target);
    }

    private void xattr(ByteString path, ByteString name, ByteString value) {
        if (name.indexOf('=') >= 0 || name.indexOf(0) >= 0) {
            throw new LayerException(
                    path,
                    "no layer can hold the extended attribute '" + name + "' of '" + path
                            + "': it has '=' in its name");
        }
        records.put(ByteString.of("SCHILY.xattr.").concat(name), value);
    }

    private void time(Timestamp time) {
        boolean fits = time.seconds() >= 0 && time.seconds() < 1L << 33;
        octal(136, 12, fits ? time.seconds() : 0);
        if (!fits || time.nanos() != 0) {
            records.put(ByteString.of("mtime"), ByteString.of(decimal(time)));
        }
    }

    private static String decimal(Timestamp time) {
        boolean negative = time.seconds() < 0 && time.nanos() > 0;
        long seconds = negative ? time.seconds() + 1 : time.seconds();
        int nanos = negative ? 1_000_000_000 - time.nanos() : time.nanos();
        String sign = negative && seconds == 0 ? "-" : "";
        if (nanos == 0) {
            return Long.toString(seconds);
        }
        String fraction = Integer.toString(1_000_000_000 + nanos).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return sign + seconds + "." + fraction.substring(0, end);
    }

    private void number(int offset, int length, String keyword, long value) {
        if (value >>> (3 * (length - 1)) == 0) {
            octal(offset, length, value);
            return;
        }
        records.put(ByteString.of(keyword), ByteString.of(Long.toString(value)));
        long rest = value;
        for (int i = offset + length - 1; i > offset; i--, rest >>>= 8) {
            block[i] = (byte) rest;
        }
        block[offset] = (byte) 0x80;
    }

    private void octal(int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 2; i >= offset; i--, rest >>>= 3) {
            block[i] = (byte) ('0' + (rest & 7));
        }
    }

    private void bytes(int offset, int length, ByteString value) {
        byte[] bytes = value.toBytes();
        System.arraycopy(bytes, 0, block, offset, Math.min(length, bytes.length));
    }

    private byte[] finished() {
        seal(block);
        if (records.isEmpty()) {
            return block;
        }
        var all = new ByteArrayOutputStream(4 * BLOCK);
        records.forEach((keyword, value) -> all.writeBytes(PaxRecords.record(keyword.toBytes(), value.toBytes())));
        byte[] payload = all.toByteArray();
        var pax = new TarHeaderWriter();
        System.arraycopy(PAX_NAME, 0, pax.block, 0, PAX_NAME.length);
        pax.octal(100, 8, 0644);
        pax.octal(108, 8, 0);
        pax.octal(116, 8, 0);
        pax.octal(124, 12, payload.length);
        pax.octal(136, 12, 0);
        pax.block[156] = 'x';
        seal(pax.block);
        all.reset();
        all.writeBytes(pax.block);
        all.writeBytes(payload);
        all.writeBytes(new byte[-payload.length & (BLOCK - 1)]);
        all.writeBytes(block);
        return all.toByteArray();
    }

    private static void seal(byte[] block) {
        System.arraycopy(MAGIC, 0, block, 257, MAGIC.length);
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        for (int i = 153; i >= 148; i--, sum >>>= 3) {
            block[i] = (byte) ('0' + (sum & 7));
        }
        block[154] = 0;
    }

    private static boolean isAscii(ByteString text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
