package dev.jbuild.layer;

import static dev.jbuild.layer.IndexFormat.HASH_LENGTH;
import static dev.jbuild.layer.IndexFormat.MAGIC;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One pass over encoded index bytes that checks everything [LayerIndex] later relies on, and finds the
/// entries.
final class IndexScan {
    private final byte[] encoded;
    /// Where the trailing hash begins.
    private final int end;

    private int at;
    private int number;
    private int[] starts = new int[0];
    private final IntStream.Builder opaque = IntStream.builder();
    private @Nullable LayerId id;
    private AccountFiles accounts = AccountFiles.NONE;

    /// Starts of entries that are no directories and whose path is a prefix, as bytes, of the current path;
    /// outermost first. In byte order all paths with one prefix follow each other, so a stack is enough.
    private final ArrayDeque<Integer> nonDirectories = new ArrayDeque<>();

    private IndexScan(byte[] encoded) {
        this.encoded = encoded;
        this.end = encoded.length - HASH_LENGTH;
    }

    /// @throws IOException when `encoded` is anything but an index
    static IndexScan of(byte[] encoded) throws IOException {
        var scan = new IndexScan(encoded);
        scan.run();
        return scan;
    }

    byte[] encoded() {
        return encoded;
    }

    int[] starts() {
        return starts;
    }

    /// {@return numbers of the opaque directories}
    int[] opaque() {
        return opaque.build().toArray();
    }

    LayerId id() {
        if (id == null) {
            throw new IllegalStateException("not scanned");
        }
        return id;
    }

    AccountFiles accounts() {
        return accounts;
    }

    private void run() throws IOException {
        check(end >= MAGIC.length + 1, "too short");
        check(Arrays.equals(encoded, 0, MAGIC.length - 1, MAGIC, 0, MAGIC.length - 1), "not an index");
        check(encoded[MAGIC.length - 1] == MAGIC[MAGIC.length - 1], "unknown version");
        MessageDigest hash = Digest.newHash();
        hash.update(encoded, 0, end);
        check(MessageDigest.isEqual(hash.digest(), Arrays.copyOfRange(encoded, end, encoded.length)), "wrong checksum");
        at = MAGIC.length;
        boolean pulled = flag();
        id = pulled
                ? new LayerId(LayerId.Kind.DIFF, LayerIndex.hex(encoded, at, skip(HASH_LENGTH)))
                : new LayerId(LayerId.Kind.INDEX, LayerIndex.hex(encoded, end, encoded.length));
        accounts = new AccountFiles(account(), account());
        int count = IndexFormat.int32(encoded, skip(4) - 4);
        check(count >= 0 && count <= (end - at) / (4 + IndexFormat.FIXED), "impossible number of entries");
        starts = new int[count];
        for (number = 0; number < count; number++) {
            starts[number] = at;
            entry(at);
        }
        check(at == end, "bytes behind the last entry");
    }

    private void entry(int start) throws IOException {
        int path = blob();
        int pathEnd = at;
        int fixed = at;
        skip(IndexFormat.FIXED);
        check(LayerPath.isClean(encoded, path, pathEnd), "unclean path");
        check(!LayerPath.hasReservedName(encoded, path, pathEnd), "reserved name");
        int code = encoded[fixed];
        check(EntryType.isCode(code), "unknown type");
        EntryType type = EntryType.ofCode(code);
        int flags = encoded[fixed + 1];
        check((flags & ~(IndexFormat.OPAQUE | IndexFormat.XATTRS)) == 0, "unknown flag");
        check((flags & IndexFormat.OPAQUE) == 0 || type == EntryType.DIRECTORY, "opaque non-directory");
        if ((flags & IndexFormat.OPAQUE) != 0) {
            opaque.add(number);
        }
        check((encoded[fixed + 2] & ~0x0f) == 0, "mode out of range");
        int nanos = IndexFormat.int32(encoded, fixed + 20);
        check(nanos >= 0 && nanos <= 999_999_999, "nanoseconds out of range");
        check(pathEnd > path || type == EntryType.DIRECTORY, "root is no directory");
        check(type != EntryType.WHITEOUT || isZero(fixed + 1, at), "whiteout with attributes");
        place(start, path, pathEnd, type);
        rest(type);
        if ((flags & IndexFormat.XATTRS) != 0) {
            xattrs();
        }
    }

    /// Checks order and parents.
    private void place(int start, int path, int pathEnd, EntryType type) throws IOException {
        if (number > 0) {
            int before = starts[number - 1];
            int beforePath = before + 4;
            int order = Arrays.compareUnsigned(
                    encoded, beforePath, beforePath + IndexFormat.pathLength(encoded, before), encoded, path, pathEnd);
            check(order < 0, order == 0 ? "two entries of one path" : "entries out of order");
        }
        while (!nonDirectories.isEmpty() && !isPrefix(nonDirectories.getLast(), path, pathEnd)) {
            nonDirectories.removeLast();
        }
        for (int above : nonDirectories) {
            check(
                    encoded[path + IndexFormat.pathLength(encoded, above)] != '/',
                    "entry below one that is no directory");
        }
        if (type != EntryType.DIRECTORY) {
            nonDirectories.addLast(start);
        }
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (encoded[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isPrefix(int above, int path, int pathEnd) {
        int length = IndexFormat.pathLength(encoded, above);
        return pathEnd - path > length
                && Arrays.equals(encoded, above + 4, above + 4 + length, encoded, path, path + length);
    }

    private void rest(EntryType type) throws IOException {
        switch (type) {
            case FILE -> {
                int rest = skip(8 + HASH_LENGTH + 4) - (8 + HASH_LENGTH + 4);
                check(IndexFormat.int64(encoded, rest) >= 0, "negative size");
                int first = IndexFormat.int32(encoded, rest + 8 + HASH_LENGTH);
                if (first != IndexFormat.NOT_A_LINK) {
                    check(first >= 0 && first < number, "hard link to no earlier entry");
                    check(IndexFormat.type(encoded, starts[first]) == EntryType.FILE, "hard link to no file");
                    check(
                            IndexFormat.firstLink(encoded, starts[first]) == IndexFormat.NOT_A_LINK,
                            "hard link to a link");
                }
            }
            case SYMLINK -> {
                int target = blob();
                check(at > target, "empty link target");
            }
            case CHARACTER_DEVICE -> check(IndexFormat.int64(encoded, skip(8) - 8) != 0, "device 0:0");
            case BLOCK_DEVICE -> skip(8);
            case DIRECTORY, FIFO, WHITEOUT -> {}
        }
    }

    private void xattrs() throws IOException {
        int count = IndexFormat.int32(encoded, skip(4) - 4);
        check(count > 0, "impossible number of attributes");
        ByteString before = ByteString.EMPTY;
        for (int i = 0; i < count; i++) {
            int start = blob();
            ByteString name = ByteString.ofBytes(encoded, start, at - start);
            check(before.compareTo(name) < 0, "attributes out of order");
            check(ExtendedAttributes.belongsInLayer(name), "forbidden attribute");
            before = name;
            blob();
        }
    }

    private @Nullable ByteString account() throws IOException {
        if (!flag()) {
            return null;
        }
        int start = blob();
        check(at - start <= AccountFiles.MAX_BYTES, "account file too large");
        return ByteString.ofBytes(encoded, start, at - start);
    }

    private boolean flag() throws IOException {
        int value = encoded[skip(1) - 1];
        check(value == 0 || value == 1, "not a flag");
        return value == 1;
    }

    /// Moves behind a blob. {@return where its bytes start}
    private int blob() throws IOException {
        int length = IndexFormat.int32(encoded, skip(4) - 4);
        check(length >= 0, "negative length");
        return skip(length) - length;
    }

    /// {@return the position behind the next `length` bytes, which is then the current one}
    private int skip(int length) throws IOException {
        check(length <= end - at, "ends too early");
        at += length;
        return at;
    }

    private void check(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("layer index is damaged: " + what + " at byte " + at + ", entry " + number);
        }
    }
}
