package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What PAX extended headers say about one entry, or about all that follow.
///
/// A record with an empty value takes back what an earlier one said. Keywords that say nothing about an image
/// (access times, names of users, comments) are skipped. What is malformed makes the whole header malformed:
/// two readers that skip differently see different archives.
///
/// @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax, extended header</a>
final class PaxRecords {
    private static final String XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";
    private static final String SPARSE = "GNU.sparse.";

    @Nullable
    ByteString path;

    @Nullable
    ByteString linkPath;

    @Nullable
    Long size;

    @Nullable
    Long userId;

    @Nullable
    Long groupId;

    @Nullable
    Timestamp modified;

    final TreeMap<ByteString, ByteString> xattrs = new TreeMap<>();
    /// Those of libarchive's own encoding; the same attribute in the common one wins.
    private final TreeMap<ByteString, ByteString> libarchiveXattrs = new TreeMap<>();

    /// Null when the entry is not sparse by PAX.
    @Nullable
    SparseKeywords sparse;

    /// Keywords of a sparse file; which of them are there tells the three formats apart.
    static final class SparseKeywords {
        @Nullable
        ByteString name;

        long major;
        long minor;

        @Nullable
        Long realSize;
        /// Offsets and lengths in turn, of formats 0.0 and 0.1.
        final List<Long> map = new ArrayList<>();
    }

    /// Takes from `defaults` what no record of this header says.
    void fillFrom(PaxRecords defaults) {
        userId = userId == null ? defaults.userId : userId;
        groupId = groupId == null ? defaults.groupId : groupId;
        modified = modified == null ? defaults.modified : modified;
        defaults.xattrs.forEach(xattrs::putIfAbsent);
        defaults.libarchiveXattrs.forEach(libarchiveXattrs::putIfAbsent);
    }

    SortedMap<ByteString, ByteString> allXattrs() {
        if (libarchiveXattrs.isEmpty()) {
            return xattrs;
        }
        var all = new TreeMap<ByteString, ByteString>(libarchiveXattrs);
        all.putAll(xattrs);
        return all;
    }

    /// Whether it says where an entry is or how long, which no header for a whole archive may.
    boolean isAboutOneEntry() {
        return path != null || linkPath != null || size != null || sparse != null;
    }

    /// Reads the records of one header on top of those that are there.
    ///
    /// @return what is wrong with them, or null
    @Nullable
    String add(byte[] payload) {
        int at = 0;
        while (at < payload.length) {
            int space = at;
            while (space < payload.length && payload[space] != ' ') {
                space++;
            }
            // Twenty digits are more than any length; this bounds the loop on garbage.
            Long length = space - at > 20 ? null : TarNumber.decimal(payload, at, space, false);
            if (length == null || length > payload.length - at || length < space - at + 3L) {
                return "PAX record with a wrong length";
            }
            int end = at + length.intValue();
            int equals = space + 1;
            while (equals < end && payload[equals] != '=') {
                equals++;
            }
            if (payload[end - 1] != '\n' || equals >= end - 1 || equals == space + 1) {
                return "PAX record without keyword, value or newline";
            }
            ByteString keyword = ByteString.ofBytes(payload, space + 1, equals - space - 1);
            if (keyword.indexOf(0) >= 0
                    || !keep(keyword.utf8(), keyword, Arrays.copyOfRange(payload, equals + 1, end - 1))) {
                return "PAX record '" + keyword + "' with a wrong value";
            }
            at = end;
        }
        return null;
    }

    private boolean keep(String keyword, ByteString raw, byte[] value) {
        boolean empty = value.length == 0;
        switch (keyword) {
            case "path" -> path = empty ? null : ByteString.ofBytes(value);
            case "linkpath" -> linkPath = empty ? null : ByteString.ofBytes(value);
            case "size" -> size = number(value);
            case "uid" -> userId = number(value);
            case "gid" -> groupId = number(value);
            case "mtime" -> modified = empty ? null : TarNumber.time(value);
            default -> {
                return keepOther(keyword, raw, value);
            }
        }
        return switch (keyword) {
            case "path" -> empty || hasNoNul(path);
            case "linkpath" -> empty || hasNoNul(linkPath);
            case "size" -> empty || size != null;
            case "uid" -> empty || userId != null;
            case "gid" -> empty || groupId != null;
            default -> empty || modified != null;
        };
    }

    private boolean keepOther(String keyword, ByteString raw, byte[] value) {
        if (keyword.startsWith(XATTR)) {
            return keepXattr(xattrs, raw.substring(XATTR.length()), value);
        }
        if (keyword.startsWith(LIBARCHIVE_XATTR)) {
            ByteString name = percentDecoded(raw.substring(LIBARCHIVE_XATTR.length()));
            try {
                return keepXattr(libarchiveXattrs, name, Base64.getDecoder().decode(value));
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
        if (keyword.startsWith(SPARSE)) {
            if (sparse == null) {
                sparse = new SparseKeywords();
            }
            return keepSparse(sparse, keyword.substring(SPARSE.length()), value);
        }
        return true;
    }

    private static boolean keepXattr(SortedMap<ByteString, ByteString> xattrs, ByteString name, byte[] value) {
        if (name.isEmpty() || name.length() > 255) {
            return false;
        }
        xattrs.put(name, ByteString.ofBytes(value));
        return true;
    }

    private static boolean keepSparse(SparseKeywords sparse, String keyword, byte[] value) {
        if (keyword.equals("name")) {
            sparse.name = ByteString.ofBytes(value);
            return !sparse.name.isEmpty() && hasNoNul(sparse.name);
        }
        if (keyword.equals("map")) {
            return keepMap(sparse.map, value);
        }
        Long number = number(value);
        if (number == null) {
            return false;
        }
        switch (keyword) {
            case "major" -> sparse.major = number;
            case "minor" -> sparse.minor = number;
            case "size", "realsize" -> sparse.realSize = number;
            case "numblocks" -> {}
            case "offset" -> {
                sparse.map.add(number);
                return sparse.map.size() % 2 == 1;
            }
            case "numbytes" -> {
                sparse.map.add(number);
                return sparse.map.size() % 2 == 0;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean keepMap(List<Long> map, byte[] value) {
        int start = 0;
        for (int i = 0; i <= value.length; i++) {
            if (i == value.length || value[i] == ',') {
                Long number = TarNumber.decimal(value, start, i, false);
                if (number == null) {
                    // An empty map belongs to a file that is one hole.
                    return value.length == 0;
                }
                map.add(number);
                start = i + 1;
            }
        }
        return true;
    }

    private static @Nullable Long number(byte[] value) {
        return TarNumber.decimal(value, 0, value.length, false);
    }

    private static boolean hasNoNul(@Nullable ByteString text) {
        return text != null && text.indexOf(0) < 0;
    }

    private static ByteString percentDecoded(ByteString name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        var decoded = new ByteArrayOutputStream(name.length());
        byte[] bytes = name.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return ByteString.ofBytes(decoded.toByteArray());
    }

    /// The bytes of one record: its length counts itself.
    static byte[] record(byte[] keyword, byte[] value) {
        int content = 1 + keyword.length + 1 + value.length + 1;
        int length = content + digits(content);
        if (digits(length) > digits(content)) {
            length++;
        }
        byte[] prefix = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(prefix, length);
        record[prefix.length] = ' ';
        System.arraycopy(keyword, 0, record, prefix.length + 1, keyword.length);
        record[prefix.length + 1 + keyword.length] = '=';
        System.arraycopy(value, 0, record, length - 1 - value.length, value.length);
        record[length - 1] = '\n';
        return record;
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }
}
