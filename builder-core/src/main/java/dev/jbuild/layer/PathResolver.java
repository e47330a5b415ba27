package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Resolves paths inside a tree as the kernel would for a process whose root it is: symbolic links are followed inside
/// the root, `..` stops at the root.
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
        Deque<ByteString> pending = new ArrayDeque<>();
        push(pending, path);
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
            push(pending, entry.linkTarget());
        }
        return current;
    }

    /// Puts the components of `path` before those that are pending.
    private static void push(Deque<ByteString> pending, ByteString path) {
        int end = path.length();
        for (int i = path.length() - 1; i >= -1; i--) {
            if (i < 0 || path.byteAt(i) == '/') {
                ByteString name = path.substring(i + 1, end);
                if (!name.isEmpty() && !name.equals(HERE)) {
                    pending.addFirst(name);
                }
                end = i;
            }
        }
    }
}
