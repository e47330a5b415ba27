package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectId;

/// One name in a tree object.
///
/// @see <a href="https://git-scm.com/docs/git-fsck#_fsck_messages">git fsck, what trees must not hold</a>
record TreeItem(Kind kind, ByteString name, ObjectId id) {
    /// What a name stands for.
    enum Kind {
        DIRECTORY,
        FILE,
        PROGRAM,
        SYMLINK,
        /// A commit of another repository.
        SUBMODULE
    }

    private static final int HASH_BYTES = 20;
    private static final int TYPE = 0170000;
    private static final int EXECUTABLE = 0100;
    private static final int MAX_MODE_DIGITS = 6;
    private static final int MAX_NAME = 255;

    /// Takes a tree object apart.
    ///
    /// @throws GitException when it holds a name twice, or one that no directory can hold or that is taken for a
    ///     repository
    static List<TreeItem> parse(byte[] tree, ByteString path) throws IOException {
        var items = new ArrayList<TreeItem>();
        var names = new HashSet<ByteString>();
        for (int at = 0; at < tree.length; ) {
            int blank = indexOf(tree, ' ', at);
            int end = blank < 0 ? -1 : indexOf(tree, 0, blank + 1);
            if (end < 0 || end + 1 + HASH_BYTES > tree.length) {
                throw new GitException("the tree object of '" + path + "' is damaged");
            }
            ByteString name = ByteString.ofBytes(tree, blank + 1, end - blank - 1);
            check(tree, blank + 1, end, path.resolve(name));
            if (!names.add(name)) {
                throw refused(path.resolve(name), "stands twice in its directory");
            }
            items.add(new TreeItem(kind(tree, at, blank, path.resolve(name)), name, ObjectId.fromRaw(tree, end + 1)));
            at = end + 1 + HASH_BYTES;
        }
        return items;
    }

    private static int indexOf(byte[] bytes, int wanted, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static void check(byte[] tree, int begin, int end, ByteString path) {
        if (end - begin > MAX_NAME) {
            throw refused(path, "has a name of more than 255 bytes");
        }
        // Other systems take `.git:x` for `.git`.
        boolean stream = end - begin > 4
                && tree[begin + 4] == ':'
                && new String(tree, begin, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase(".git");
        try {
            RemoteRepository.checker().checkPathSegment(tree, begin, end);
        } catch (CorruptObjectException unusable) {
            throw refused(path, "has a name that no tree may hold");
        }
        if (stream) {
            throw refused(path, "has a name that no tree may hold");
        }
    }

    private static Kind kind(byte[] tree, int begin, int end, ByteString path) {
        int mode = 0;
        boolean octal = end > begin && end - begin <= MAX_MODE_DIGITS;
        for (int at = begin; at < end && octal; at++) {
            octal = tree[at] >= '0' && tree[at] <= '7';
            mode = mode * 8 + tree[at] - '0';
        }
        if (octal) {
            switch (mode & TYPE) {
                case 0040000 -> {
                    return Kind.DIRECTORY;
                }
                case 0100000 -> {
                    return (mode & EXECUTABLE) == 0 ? Kind.FILE : Kind.PROGRAM;
                }
                case 0120000 -> {
                    return Kind.SYMLINK;
                }
                case 0160000 -> {
                    return Kind.SUBMODULE;
                }
                default -> {}
            }
        }
        throw refused(path, "is neither file, directory, symbolic link nor submodule");
    }

    private static GitException refused(ByteString path, String why) {
        return new GitException("'" + path + "' " + why);
    }
}
