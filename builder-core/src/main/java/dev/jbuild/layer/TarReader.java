package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a tar from anywhere, in one pass and in bounded memory.
///
/// It understands v7, ustar, star, GNU (long names, base-256 numbers, old sparse files) and PAX (paths, sizes,
/// ids, times, extended attributes, sparse files 0.0, 0.1 and 1.0, global headers), mixed in one archive. Where
/// PAX and the header differ PAX counts, also for where the next header is. What two readers could take
/// differently is refused:
///
/// | type flag | meaning |
/// |---|---|
/// | `0` NUL `7` | file; a name that ends with `/` makes it a directory |
/// | `1` | hard link; a size is ignored, as no bytes follow |
/// | `2` `3` `4` `5` `6` | link, devices, directory, pipe; refused with a size |
/// | `x` `X` `g` `L` `K` | headers for what follows, 1 MiB at most |
/// | `S` | sparse file of GNU tar |
/// | `D` | directory of an incremental GNU archive; its list is skipped |
/// | `V` | name of the volume, skipped |
/// | others | refused |
///
/// The archive ends with two zero blocks, with one and the end of the stream, or with the end of the stream
/// alone. What follows two zero blocks is left unread. Everything refused is a [LayerException].
final class TarReader {
    /// A name, a PAX header or a sparse map of a sane archive is far smaller; a hostile one must not fill the
    /// heap.
    static final int MAX_HEADER_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private long position;
    private boolean ended;

    /// Stored bytes of the current entry that are not read yet, and the zeros that fill its last block.
    private long left;

    private int padding;
    private ByteString name = ByteString.EMPTY;
    private InputStream content = InputStream.nullInputStream();

    private final PaxRecords global = new PaxRecords();
    private long globalBytes;

    /// @param in stays open; read in large pieces where content is large, else by blocks, so buffer it
    TarReader(InputStream in) {
        this.in = in;
    }

    /// {@return whether these first bytes are those of a tar: a header with the right checksum}
    static boolean isTar(byte[] start) {
        return start.length >= TarHeader.BLOCK && TarHeader.parse(Arrays.copyOf(start, TarHeader.BLOCK)) != null;
    }

    /// {@return the next entry, or null at the end} Skips what is left of the one before.
    @Nullable
    TarEntry next() throws IOException {
        if (ended) {
            return null;
        }
        skipContent();
        var extension = new Extension();
        while (readBlock()) {
            if (TarHeader.isZero(block)) {
                check(extension.bytes == 0, "ends behind an extended header");
                check(!readBlock() || TarHeader.isZero(block), "has a header behind a zero block");
                ended = true;
                return null;
            }
            TarHeader header = TarHeader.parse(block);
            if (header == null) {
                throw refused("has a damaged header");
            }
            check(header.size() >= 0, "has a negative size");
            name = header.name();
            if (!extension.take(header)) {
                return entry(header, extension);
            }
        }
        check(extension.bytes == 0, "ends behind an extended header");
        ended = true;
        return null;
    }

    /// {@return the bytes of the current entry} Valid until the next call of [#next()]; closing it does
    /// nothing.
    InputStream content() {
        return content;
    }

    /// {@return how many bytes of the stream were read}
    long position() {
        return position;
    }

    /// What stands before an entry and says more about it.
    private final class Extension {
        private final PaxRecords pax = new PaxRecords();
        private @Nullable ByteString longName;
        private @Nullable ByteString longLink;
        private long bytes;

        /// {@return whether `header` is no entry, and was read with what belongs to it}
        boolean take(TarHeader header) throws IOException {
            switch (header.type()) {
                case 'x', 'X' -> addPax(pax, payload(header));
                case 'L' -> longName = longText(header);
                case 'K' -> longLink = longText(header);
                case 'g' -> addGlobal(header);
                case 'V' -> {
                    open(header.size());
                    skipContent();
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private byte[] payload(TarHeader header) throws IOException {
            bytes += TarHeader.BLOCK + header.size();
            return TarReader.this.payload(header, bytes);
        }

        private ByteString longText(TarHeader header) throws IOException {
            byte[] text = payload(header);
            return TarHeader.text(text, 0, text.length);
        }
    }

    private void addGlobal(TarHeader header) throws IOException {
        globalBytes += TarHeader.BLOCK + header.size();
        addPax(global, payload(header, globalBytes));
        check(!global.isAboutOneEntry(), "has a global header with a path or size");
    }

    private void addPax(PaxRecords records, byte[] payload) {
        String problem = records.add(payload);
        check(problem == null, "has a " + problem);
    }

    private byte[] payload(TarHeader header, long total) throws IOException {
        check(total <= MAX_HEADER_BYTES, "has an extended header of more than 1 MiB");
        open(header.size());
        byte[] payload = content.readNBytes((int) header.size());
        skipContent();
        return payload;
    }

    private TarEntry entry(TarHeader header, Extension extension) throws IOException {
        PaxRecords pax = extension.pax;
        pax.fillFrom(global);
        name = first(pax.path, extension.longName, header.name());
        TarEntry.Kind kind = kind(header.type());
        long stored = pax.size != null ? pax.size : header.size();
        var sparse = (SparseMap) null;
        if (kind == TarEntry.Kind.HARD_LINK && pax.size == null) {
            stored = 0;
        }
        if (header.type() == 'S') {
            check(header.oldGnu() && pax.sparse == null, "is sparse in two formats");
            sparse = oldGnuMap();
        } else if (pax.sparse != null && kind == TarEntry.Kind.FILE) {
            name = first(pax.sparse.name, null, name);
        }
        open(stored);
        if (pax.sparse != null && kind == TarEntry.Kind.FILE) {
            sparse = paxMap(pax.sparse);
        }
        if (sparse != null) {
            check(sparse.storedBytes() == left, "has a sparse map that does not fit its size");
            content = new SparseContent(content, sparse);
        }
        long size = sparse == null ? left : sparse.size();
        if (kind == TarEntry.Kind.FILE && endsWithSlash(name)) {
            kind = TarEntry.Kind.DIRECTORY;
        }
        if (header.type() == 'D') {
            skipContent();
            size = 0;
        }
        check(size == 0 || kind == TarEntry.Kind.FILE, "has a size but is no file");
        return new TarEntry(
                name,
                kind,
                (int) header.mode() & 07777,
                id(pax.userId, header.userId(), "user"),
                id(pax.groupId, header.groupId(), "group"),
                size,
                pax.modified != null ? pax.modified : Timestamp.ofSeconds(header.seconds()),
                first(pax.linkPath, extension.longLink, header.linkName()),
                device(header, kind),
                pax.allXattrs());
    }

    private TarEntry.Kind kind(byte type) {
        return switch (type) {
            case '0', 0, '7', 'S' -> TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '3' -> TarEntry.Kind.CHARACTER_DEVICE;
            case '4' -> TarEntry.Kind.BLOCK_DEVICE;
            case '5', 'D' -> TarEntry.Kind.DIRECTORY;
            case '6' -> TarEntry.Kind.FIFO;
            default -> throw refused("has the unknown type " + (type & 0xff));
        };
    }

    /// The all-ones id means "do not change" to chown.
    private int id(@Nullable Long pax, long header, String what) {
        long id = pax != null ? pax : header;
        check(id >= 0 && id < 0xffff_ffffL, "has the impossible " + what + " id " + id);
        return (int) id;
    }

    /// Twelve and twenty bits are what the kernel keeps.
    private long device(TarHeader header, TarEntry.Kind kind) {
        if (kind != TarEntry.Kind.CHARACTER_DEVICE && kind != TarEntry.Kind.BLOCK_DEVICE) {
            return 0;
        }
        long major = header.deviceMajor();
        long minor = header.deviceMinor();
        check(major >= 0 && major < 1 << 12 && minor >= 0 && minor < 1 << 20, "has an impossible device number");
        return LayerEntry.deviceNumber((int) major, (int) minor);
    }

    private SparseMap oldGnuMap() throws IOException {
        List<Long> numbers = new ArrayList<>();
        Long size = TarNumber.parse(block, 483, 12);
        boolean valid = SparseMap.addOldGnu(block, 386, 4, numbers);
        boolean more = block[482] != 0;
        while (more && valid) {
            check(numbers.size() < MAX_HEADER_BYTES / 12, "has a sparse map of more than 1 MiB");
            check(readBlock(), "ends inside a sparse map");
            valid = SparseMap.addOldGnu(block, 0, 21, numbers);
            more = block[504] != 0;
        }
        return mapped(valid ? numbers : null, size);
    }

    private SparseMap paxMap(PaxRecords.SparseKeywords sparse) throws IOException {
        if (sparse.major == 1 && sparse.minor == 0 && sparse.map.isEmpty()) {
            return mapped(numbersBeforeContent(), sparse.realSize);
        }
        check(sparse.major == 0 && sparse.minor <= 1, "is sparse in an unknown format");
        return mapped(sparse.map, sparse.realSize);
    }

    private SparseMap mapped(@Nullable List<Long> numbers, @Nullable Long size) {
        SparseMap map = numbers == null || size == null || size < 0 ? null : SparseMap.of(numbers, size);
        if (map == null) {
            throw refused("has a damaged sparse map");
        }
        return map;
    }

    /// Format 1.0 writes the map as lines of decimal digits before the content, filled up to a block.
    private @Nullable List<Long> numbersBeforeContent() throws IOException {
        List<Long> numbers = new ArrayList<>();
        long wanted = 1;
        byte[] digits = new byte[20];
        int length = 0;
        int read = 0;
        while (numbers.size() < wanted) {
            int next = content.read();
            read++;
            check(read <= MAX_HEADER_BYTES, "has a sparse map of more than 1 MiB");
            if (next >= 0 && next != '\n' && length < digits.length) {
                digits[length++] = (byte) next;
                continue;
            }
            Long number = next == '\n' ? TarNumber.decimal(digits, 0, length, false) : null;
            if (number == null) {
                return null;
            }
            length = 0;
            if (wanted == 1) {
                check(number < MAX_HEADER_BYTES, "has a sparse map of more than 1 MiB");
                wanted = 1 + 2 * number;
            }
            numbers.add(number);
        }
        int fill = -read & (TarHeader.BLOCK - 1);
        return content.readNBytes(fill).length < fill ? null : numbers.subList(1, numbers.size());
    }

    private void open(long size) {
        left = size;
        padding = (int) (-size & (TarHeader.BLOCK - 1));
        content = new StoredContent();
    }

    private void skipContent() throws IOException {
        byte[] rest = left + padding > 0 ? new byte[(int) Math.min(left + padding, 1 << 16)] : block;
        while (left > 0) {
            readStored(rest, 0, rest.length);
        }
        if (padding > 0) {
            check(fill(rest, padding) == padding, "ends inside its last block");
            padding = 0;
        }
    }

    private int readStored(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, (int) Math.min(left, length));
        check(read > 0 || length == 0, "ends with " + left + " bytes missing");
        left -= read;
        position += read;
        return read;
    }

    /// {@return false at the end of the stream}
    private boolean readBlock() throws IOException {
        int read = fill(block, block.length);
        check(read == 0 || read == block.length, "ends inside a block");
        return read > 0;
    }

    private int fill(byte[] buffer, int length) throws IOException {
        int read = in.readNBytes(buffer, 0, length);
        position += read;
        return read;
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            throw refused(problem);
        }
    }

    private LayerException refused(String problem) {
        String where = name.isEmpty() ? "" : " at " + Excerpt.quoted(name.toString());
        return new LayerException(name, "not a usable tar: byte " + position + where + " " + problem);
    }

    private static ByteString first(@Nullable ByteString one, @Nullable ByteString two, ByteString three) {
        if (one != null) {
            return one;
        }
        return two != null ? two : three;
    }

    private static boolean endsWithSlash(ByteString name) {
        return !name.isEmpty() && name.byteAt(name.length() - 1) == '/';
    }

    /// The bytes of the current entry as they are stored.
    private final class StoredContent extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return left == 0 && length > 0 ? -1 : readStored(buffer, offset, length);
        }
    }
}
