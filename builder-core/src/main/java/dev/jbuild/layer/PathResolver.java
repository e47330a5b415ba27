package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Resolves paths inside a tree as the kernel would for a process whose root it is: symbolic links are followed
/// inside the root, `..` stops at the root.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/path_resolution.7.html">path_resolution(7)</a>
public final class PathResolver {
    /// The kernel's own limit on links in one resolution.
    public static final int MAX_LINKS = 40;

    private static final ByteString UP = ByteString.of("..");

    private static final ByteString HERE = ByteString.of(".");

    private PathResolver() {}

    /// {@return the clean path that `path` names, without a symbolic link on the way}
    ///
    /// What does not exist is taken as it is written, so the result may be a path that nothing is at.
    ///
    /// @param path any spelling: leading, double and trailing slashes, `.` and `..` allowed
    /// @param followLast whether a link at the end is followed; the result is then never that of a link
    /// @throws LayerException after more than [#MAX_LINKS] links, so in a loop
    public static ByteString resolve(FileTree tree, ByteString path, boolean followLast) throws IOException {
        Deque<ByteString> pending = new ArrayDeque<>(names(path));
        ByteString current = ByteString.EMPTY;
        int links = 0;
        while (!pending.isEmpty()) {
            ByteString name = pending.removeFirst();
            if (name.equals(UP)) {
                current = current.parent();
                continue;
            }
            ByteString next = current.resolve(name);
            LayerEntry entry = pending.isEmpty() && !followLast ? null : tree.find(next);
            if (entry == null || !entry.isSymlink()) {
                current = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new LayerException(path, "too many levels of symbolic links in '/" + path + "'");
            }
            if (entry.linkTarget().byteAt(0) == '/') {
                current = ByteString.EMPTY;
            }
            for (ByteString step : names(entry.linkTarget()).reversed()) {
                pending.addFirst(step);
            }
        }
        return current;
    }

    /// {@return the components of `path` without empty ones and `.`}
    static List<ByteString> names(ByteString path) {
        var names = new ArrayList<ByteString>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.byteAt(i) == '/') {
                ByteString name = path.substring(start, i);
                if (!name.isEmpty() && !name.equals(HERE)) {
                    names.add(name);
                }
                start = i + 1;
            }
        }
        return names;
    }
}
