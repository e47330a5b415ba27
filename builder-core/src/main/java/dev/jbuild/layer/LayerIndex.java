package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.RandomAccess;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All entries of one layer in byte order of their paths, and its account files: what a layer is, without its
/// bytes.
///
/// A directory on the way to an entry need not have one itself (pulled layers often leave it out); it is then
/// *implied*, and its owner and mode are those of the layers below. No entry lies below one that is not a
/// directory.
///
/// Immutable. The entries stay in their encoded form, checked once; an entry becomes an object when it is asked
/// for, so [#find] of the same path twice gives equal but different objects.
public final class LayerIndex {
    /*
     * encoded[starts[i]] is the first byte of entry i, see IndexFormat; opaque holds the numbers of opaque directories.
     * Everything that IndexScan checked is relied upon without looking again: order, bounds, types, hard links.
     */
    private final byte[] encoded;
    private final int[] starts;
    private final int[] opaque;
    private final LayerId id;
    private final AccountFiles accounts;
    private final List<LayerEntry> entries = new Entries();

    /// Null until somebody asked; two threads may both find out.
    private volatile @Nullable List<ByteString> implied;

    LayerIndex(IndexScan scan) {
        this.encoded = scan.encoded();
        this.starts = scan.starts();
        this.opaque = scan.opaque();
        this.id = scan.id();
        this.accounts = scan.accounts();
    }

    /// {@return the index of a layer made here that holds exactly `entries`, in any order, and no account file}
    ///
    /// @throws LayerException when a name cannot be written in a layer (`.wh.*`)
    /// @throws IllegalArgumentException when two have one path, one lies below a non-directory, or a file has
    ///     no digest
    public static LayerIndex of(Collection<LayerEntry> entries) {
        return of(entries, AccountFiles.NONE);
    }

    /// {@return the same with account files}
    public static LayerIndex of(Collection<LayerEntry> entries, AccountFiles accounts) {
        return of(entries, accounts, null);
    }

    /// {@return the index of a pulled layer, whose [#id] is its diff ID}
    public static LayerIndex ofPulled(Collection<LayerEntry> entries, AccountFiles accounts, Digest diffId) {
        return of(entries, accounts, diffId);
    }

    private static LayerIndex of(Collection<LayerEntry> entries, AccountFiles accounts, @Nullable Digest diffId) {
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(LayerEntry::path));
        byte[] encoded = new IndexFormat.Writer().write(sorted, accounts, diffId);
        try {
            return new LayerIndex(IndexScan.of(encoded));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// {@return the index of a layer made here that differs only in that nothing is later than `latest`}
    public LayerIndex notAfter(Timestamp latest) {
        List<LayerEntry> clamped = entries.stream()
                .map(entry -> entry.modified().compareTo(latest) > 0 && entry.type() != EntryType.WHITEOUT
                        ? entry.withModified(latest)
                        : entry)
                .toList();
        return of(clamped, accounts);
    }

    /// {@return the index that [#encode()] wrote}
    ///
    /// @param encoded is kept; nobody may write to it afterwards
    /// @throws IOException when it is not exactly that: another version, or damaged; the message says what and
    ///     where
    public static LayerIndex decode(byte[] encoded) throws IOException {
        return new LayerIndex(IndexScan.of(encoded));
    }

    /// {@return a copy of the bytes that [#decode] reads}
    ///
    /// They end with the SHA-256 of all before it. Equal layers have equal bytes.
    public byte[] encode() {
        return encoded.clone();
    }

    /// {@return the layer's name: the diff ID of a pulled layer, else made of the SHA-256 that ends
    /// [#encode()]}
    public LayerId id() {
        return id;
    }

    /// {@return an unmodifiable view with cheap random access}
    public List<LayerEntry> entries() {
        return entries;
    }

    public AccountFiles accounts() {
        return accounts;
    }

    /// {@return the bytes of /etc/passwd; null as [AccountFiles#passwd] says}
    public @Nullable ByteString passwd() {
        return accounts.passwd();
    }

    /// {@return the bytes of /etc/group; null as [AccountFiles#group] says}
    public @Nullable ByteString group() {
        return accounts.group();
    }

    /// {@return the entry of exactly this path, also when it is a whiteout; null when the layer says nothing
    /// about it}
    public @Nullable LayerEntry find(ByteString path) {
        int position = position(path);
        return position < 0 ? null : entries.get(position);
    }

    /// {@return index of `path` in [#entries()], or `-(insertion point) - 1` as in
    /// [java.util.Collections#binarySearch]}
    public int position(ByteString path) {
        byte[] wanted = path.toBytes();
        return position(wanted, wanted.length);
    }

    /// {@return all entries below `directory`, at any depth, without itself}
    public List<LayerEntry> below(ByteString directory) {
        int from = firstBelow(directory);
        return entries.subList(from, endBelow(directory, from));
    }

    /// {@return the directories without an entry of their own that lie between the root and some entry, in byte
    /// order}
    public List<ByteString> impliedDirectories() {
        List<ByteString> known = implied;
        if (known == null) {
            known = findImpliedDirectories();
            implied = known;
        }
        return known;
    }

    private List<ByteString> findImpliedDirectories() {
        var found = new TreeSet<ByteString>();
        ByteString last = ByteString.EMPTY;
        for (int start : starts) {
            ByteString path = IndexFormat.path(encoded, start);
            ByteString parent = path.parent();
            if (parent.equals(last)) {
                continue;
            }
            last = parent;
            while (!parent.isEmpty() && position(parent) < 0 && found.add(parent)) {
                parent = parent.parent();
            }
        }
        return List.copyOf(found);
    }

    int count() {
        return starts.length;
    }

    EntryType typeAt(int position) {
        return IndexFormat.type(encoded, starts[position]);
    }

    boolean opaqueAt(int position) {
        return IndexFormat.opaque(encoded, starts[position]);
    }

    ByteString pathAt(int position) {
        return IndexFormat.path(encoded, starts[position]);
    }

    /// {@return index of the first entry below `directory`, or where it would be}
    int firstBelow(ByteString directory) {
        if (directory.isEmpty()) {
            return starts.length > 0 && pathLengthAt(0) == 0 ? 1 : 0;
        }
        int position = position(directory.concat(SLASH));
        return position < 0 ? -position - 1 : position;
    }

    /// {@return index behind the last entry below `directory`}
    ///
    /// @param from any index not behind that
    int endBelow(ByteString directory, int from) {
        if (directory.isEmpty()) {
            return starts.length;
        }
        int position = position(directory.concat(BEHIND_SLASH));
        return Math.max(from, position < 0 ? -position - 1 : position);
    }

    /// {@return whether lower layers are hidden at `path` by what this layer has on the way to it: something
    /// that is no directory, or an opaque one} The entry of `path` itself does not count.
    boolean hidesBelow(ByteString path) {
        byte[] bytes = path.toBytes();
        for (int above : opaque) {
            if (isBelow(bytes, above)) {
                return true;
            }
        }
        // Nothing of this layer lies below what is no directory, so only the deepest existing path on the way can
        // be one.
        for (int i = commonPrefix(bytes); i > 0; i--) {
            if (i < bytes.length && bytes[i] == '/') {
                int position = position(bytes, i);
                if (position >= 0) {
                    return typeAt(position) != EntryType.DIRECTORY;
                }
                if (hasBelow(bytes, i)) {
                    return false;
                }
            }
        }
        return false;
    }

    /// {@return whether some entry lies below `path`}
    boolean hasBelow(ByteString path) {
        byte[] bytes = path.toBytes();
        return hasBelow(bytes, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerIndex that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + " (" + starts.length + " entries)";
    }

    private static final ByteString SLASH = ByteString.of("/");

    /// The byte behind the slash: `directory` with it sorts behind everything below `directory`.
    private static final ByteString BEHIND_SLASH = ByteString.of("0");

    private boolean hasBelow(byte[] path, int length) {
        if (length == 0) {
            return starts.length > 1 || (starts.length == 1 && pathLengthAt(0) > 0);
        }
        byte[] prefix = Arrays.copyOf(path, length + 1);
        prefix[length] = '/';
        int position = position(prefix, prefix.length);
        int insertion = -position - 1;
        return insertion < starts.length && commonPrefix(insertion, prefix) == prefix.length;
    }

    private boolean isBelow(byte[] path, int above) {
        int length = pathLengthAt(above);
        boolean longer = path.length > length && (length == 0 || path[length] == '/');
        return longer && commonPrefix(above, path) == length;
    }

    /// {@return how many leading bytes of `path` are those of some other entry: no prefix of it that has an
    /// entry is longer}
    private int commonPrefix(byte[] path) {
        int position = position(path, path.length);
        int behind = position < 0 ? -position - 1 : position + 1;
        int before = position < 0 ? behind - 1 : position - 1;
        return Math.max(
                before < 0 ? 0 : commonPrefix(before, path), behind >= starts.length ? 0 : commonPrefix(behind, path));
    }

    private int commonPrefix(int position, byte[] path) {
        int from = starts[position] + 4;
        int to = from + pathLengthAt(position);
        int mismatch = Arrays.mismatch(encoded, from, to, path, 0, path.length);
        return mismatch < 0 ? path.length : mismatch;
    }

    private int pathLengthAt(int position) {
        return IndexFormat.pathLength(encoded, starts[position]);
    }

    private int position(byte[] path, int length) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = IndexFormat.comparePath(encoded, starts[middle], path, length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private final class Entries extends AbstractList<LayerEntry> implements RandomAccess {
        @Override
        public LayerEntry get(int position) {
            return IndexFormat.entry(encoded, starts, position);
        }

        @Override
        public int size() {
            return starts.length;
        }
    }

    static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }
}
