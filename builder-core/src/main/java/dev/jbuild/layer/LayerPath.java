package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.util.Arrays;

/// What a path inside a layer looks like: components joined by single slashes, none of them empty, `.` or `..`,
/// and no NUL. The empty path is the root.
final class LayerPath {
    /// Marks names that delete in a layer tar.
    ///
    /// @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">OCI layers</a>
    static final ByteString WHITEOUT_PREFIX = ByteString.of(".wh.");

    static final ByteString OPAQUE_MARK = ByteString.of(".wh..wh..opq");

    /// What AUFS kept for itself in old images: never content.
    static final ByteString AUFS_PREFIX = ByteString.of(".wh..wh.");

    private static final byte[] WHITEOUT_BYTES = WHITEOUT_PREFIX.toBytes();

    private LayerPath() {}

    static boolean isClean(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '/') {
                if (!isName(bytes, start, i) && to > from) {
                    return false;
                }
                start = i + 1;
            } else if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /// {@return whether some component begins with `.wh.`, so that a layer tar cannot say it}
    static boolean hasReservedName(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '/') {
                int end = start + WHITEOUT_BYTES.length;
                if (end <= i && Arrays.equals(bytes, start, end, WHITEOUT_BYTES, 0, WHITEOUT_BYTES.length)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isName(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0 || (length == 1 && bytes[start] == '.')) {
            return false;
        }
        return length != 2 || bytes[start] != '.' || bytes[start + 1] != '.';
    }
}
