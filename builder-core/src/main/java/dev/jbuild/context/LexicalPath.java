package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Paths as text: what `.`, `..` and doubled slashes mean without looking at any file.
public final class LexicalPath {
    private static final ByteString DOT = ByteString.of(".");
    private static final ByteString UP = ByteString.of("..");

    private LexicalPath() {}

    /// {@return the shortest text of the same path, as Go's `path.Clean` gives it: `.` for nothing, a leading slash
    /// and leading `..` kept}
    public static ByteString clean(ByteString path) {
        boolean rooted = isAbsolute(path);
        var names = new ArrayList<ByteString>();
        for (ByteString name : names(path)) {
            if (!name.equals(UP)) {
                names.add(name);
            } else if (!names.isEmpty() && !names.getLast().equals(UP)) {
                names.removeLast();
            } else if (!rooted) {
                names.add(name);
            }
        }
        ByteString joined = join(names);
        if (rooted) {
            return ByteString.of("/").concat(joined);
        }
        return joined.isEmpty() ? DOT : joined;
    }

    /// {@return the path below the root of a tree, relative to it; empty for the root} A leading slash means that
    /// root and `..` stops there, so nothing outside can be named.
    public static ByteString belowRoot(ByteString path) {
        var names = new ArrayList<ByteString>();
        for (ByteString name : names(path)) {
            if (!name.equals(UP)) {
                names.add(name);
            } else if (!names.isEmpty()) {
                names.removeLast();
            }
        }
        return join(names);
    }

    /// {@return whether it starts at the root}
    public static boolean isAbsolute(ByteString path) {
        return !path.isEmpty() && path.byteAt(0) == '/';
    }

    /// {@return the components, without the empty ones and `.`}
    public static List<ByteString> names(ByteString path) {
        var names = new ArrayList<ByteString>();
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            ByteString name = path.substring(start, end);
            if (!name.isEmpty() && !name.equals(DOT)) {
                names.add(name);
            }
            start = end + 1;
        }
        return names;
    }

    /// {@return the components with a slash between them}
    public static ByteString join(List<ByteString> names) {
        var joined = new ByteArrayOutputStream();
        for (ByteString name : names) {
            if (joined.size() > 0) {
                joined.write('/');
            }
            joined.writeBytes(name.toBytes());
        }
        return ByteString.ofBytes(joined.toByteArray());
    }
}
