package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The bytes of a [LayerIndex]. Numbers are big-endian.
///
/// ```
/// index   = "jbindex" 0x01 · kind:u8 (0 made here, 1 pulled) · diffId[32] if pulled
///         · account(passwd) · account(group) · count:u32 · entry{count} · SHA-256 of all before [32]
/// account = 0:u8 | 1:u8 blob
/// blob    = length:u32 byte{length}
/// entry   = path:blob · type:u8 · flags:u8 (1 opaque, 2 xattrs) · mode:u16 · user:u32 · group:u32
///         · seconds:i64 · nanos:u32 · rest
/// rest    = FILE: size:i64 · contentDigest[32] · first:u32 (number of the entry it is a link to, or all ones)
///         | SYMLINK: target:blob | device types: number:u64 | nothing
///         · with flag 2: count:u32 · (name:blob value:blob){count}
/// ```
final class IndexFormat {
    /// The last byte is the version of the format.
    static final byte[] MAGIC = "jbindex\1".getBytes(StandardCharsets.US_ASCII);

    static final int HASH_LENGTH = 32;
    static final int OPAQUE = 1;
    static final int XATTRS = 2;
    static final int NOT_A_LINK = -1;
    /// Bytes of an entry between its path and what depends on its type.
    static final int FIXED = 24;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private IndexFormat() {}

    static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int pathLength(byte[] encoded, int start) {
        return int32(encoded, start);
    }

    static ByteString path(byte[] encoded, int start) {
        return blob(encoded, start);
    }

    static int comparePath(byte[] encoded, int start, byte[] path, int length) {
        int from = start + 4;
        return Arrays.compareUnsigned(encoded, from, from + pathLength(encoded, start), path, 0, length);
    }

    static EntryType type(byte[] encoded, int start) {
        return EntryType.ofCode(encoded[fixed(encoded, start)]);
    }

    static boolean opaque(byte[] encoded, int start) {
        return (encoded[fixed(encoded, start) + 1] & OPAQUE) != 0;
    }

    /// {@return the number of the entry that a FILE is a link to, or [#NOT_A_LINK]}
    static int firstLink(byte[] encoded, int start) {
        return int32(encoded, fixed(encoded, start) + FIXED + 8 + HASH_LENGTH);
    }

    private static int fixed(byte[] encoded, int start) {
        return start + 4 + pathLength(encoded, start);
    }

    private static ByteString blob(byte[] encoded, int at) {
        return ByteString.ofBytes(encoded, at + 4, int32(encoded, at));
    }

    static LayerEntry entry(byte[] encoded, int[] starts, int position) {
        int start = starts[position];
        int fixed = fixed(encoded, start);
        EntryType type = EntryType.ofCode(encoded[fixed]);
        int flags = encoded[fixed + 1];
        int rest = fixed + FIXED;
        long size = 0;
        long device = 0;
        var target = ByteString.EMPTY;
        Digest digest = null;
        ByteString hardLink = null;
        switch (type) {
            case FILE -> {
                size = int64(encoded, rest);
                digest = new Digest("sha256", HexFormat.of().formatHex(encoded, rest + 8, rest + 8 + HASH_LENGTH));
                int first = firstLink(encoded, start);
                hardLink = first == NOT_A_LINK ? null : path(encoded, starts[first]);
                rest += 8 + HASH_LENGTH + 4;
            }
            case SYMLINK -> {
                target = blob(encoded, rest);
                rest += 4 + target.length();
            }
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                device = int64(encoded, rest);
                rest += 8;
            }
            case DIRECTORY, FIFO, WHITEOUT -> {}
        }
        return new LayerEntry(
                path(encoded, start),
                type,
                ((encoded[fixed + 2] & 0xff) << 8) | (encoded[fixed + 3] & 0xff),
                int32(encoded, fixed + 4),
                int32(encoded, fixed + 8),
                size,
                new Timestamp(int64(encoded, fixed + 12), int32(encoded, fixed + 20)),
                target,
                device,
                (flags & OPAQUE) != 0,
                (flags & XATTRS) != 0 ? xattrs(encoded, rest) : ExtendedAttributes.NONE,
                digest,
                hardLink);
    }

    private static SortedMap<ByteString, ByteString> xattrs(byte[] encoded, int start) {
        var xattrs = new TreeMap<ByteString, ByteString>();
        int at = start + 4;
        for (int left = int32(encoded, start); left > 0; left--) {
            ByteString name = blob(encoded, at);
            at += 4 + name.length();
            ByteString value = blob(encoded, at);
            at += 4 + value.length();
            xattrs.put(name, value);
        }
        return xattrs;
    }

    /// Writes one index.
    static final class Writer {
        private byte[] bytes = new byte[1 << 12];
        private int length;

        /// {@return the encoded index}
        ///
        /// @param sorted in byte order of path
        byte[] write(List<LayerEntry> sorted, AccountFiles accounts, @Nullable Digest diffId) {
            bytes(MAGIC);
            int8(diffId == null ? 0 : 1);
            if (diffId != null) {
                bytes(LayerId.ofDiffId(diffId).hashBytes());
            }
            account(accounts.passwd());
            account(accounts.group());
            int32(sorted.size());
            var positions = new HashMap<ByteString, Integer>();
            for (int i = 0; i < sorted.size(); i++) {
                LayerEntry entry = sorted.get(i);
                entry(entry, positions);
                if (entry.isFile()) {
                    positions.put(entry.path(), i);
                }
            }
            var hash = Digest.newHash();
            hash.update(bytes, 0, length);
            bytes(hash.digest());
            return Arrays.copyOf(bytes, length);
        }

        private void entry(LayerEntry entry, Map<ByteString, Integer> positions) {
            byte[] path = entry.path().toBytes();
            if (LayerPath.hasReservedName(path, 0, path.length)) {
                throw new LayerException(
                        entry.path(),
                        "'" + entry.path() + "' cannot be kept in an image: names that begin with '.wh.' mean deletion"
                                + " there, so rename it");
            }
            blob(path);
            int8(entry.type().code());
            int8((entry.opaque() ? OPAQUE : 0) | (entry.xattrs().isEmpty() ? 0 : XATTRS));
            int8(entry.mode() >> 8);
            int8(entry.mode());
            int32(entry.userId());
            int32(entry.groupId());
            int64(entry.modified().seconds());
            int32(entry.modified().nanos());
            switch (entry.type()) {
                case FILE -> {
                    int64(entry.size());
                    bytes(HexFormat.of().parseHex(sha256(entry)));
                    int32(firstLink(entry, positions));
                }
                case SYMLINK -> blob(entry.linkTarget().toBytes());
                case CHARACTER_DEVICE, BLOCK_DEVICE -> int64(entry.device());
                case DIRECTORY, FIFO, WHITEOUT -> {}
            }
            if (!entry.xattrs().isEmpty()) {
                int32(entry.xattrs().size());
                for (var attribute : entry.xattrs().entrySet()) {
                    blob(attribute.getKey().toBytes());
                    blob(attribute.getValue().toBytes());
                }
            }
        }

        private static String sha256(LayerEntry entry) {
            Digest digest = entry.contentDigest();
            if (digest == null || !digest.algorithm().equals("sha256")) {
                throw new IllegalArgumentException("'" + entry.path() + "' needs a SHA-256 content digest");
            }
            return digest.hex();
        }

        private static int firstLink(LayerEntry entry, Map<ByteString, Integer> positions) {
            ByteString first = entry.hardLink();
            if (first == null) {
                return NOT_A_LINK;
            }
            Integer position = positions.get(first);
            if (position == null) {
                throw new IllegalArgumentException("'" + entry.path() + "' links to '" + first + "', no file here");
            }
            return position;
        }

        private void account(@Nullable ByteString content) {
            int8(content == null ? 0 : 1);
            if (content != null) {
                blob(content.toBytes());
            }
        }

        private void blob(byte[] content) {
            int32(content.length);
            bytes(content);
        }

        private void int8(int value) {
            reserve(1);
            bytes[length++] = (byte) value;
        }

        private void int32(int value) {
            reserve(4);
            INT.set(bytes, length, value);
            length += 4;
        }

        private void int64(long value) {
            reserve(8);
            LONG.set(bytes, length, value);
            length += 8;
        }

        private void bytes(byte[] content) {
            reserve(content.length);
            System.arraycopy(content, 0, bytes, length, content.length);
            length += content.length;
        }

        private void reserve(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, (int)
                        Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, (long) length + more)));
            }
        }
    }
}
