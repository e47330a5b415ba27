package dev.jbuild.copy;

import dev.jbuild.context.BuildContext;
import dev.jbuild.context.FileGlob;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.context.LexicalPath;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.PathResolver;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// A source after patterns were matched and the links on the way to it, itself included, were followed.
///
/// With `--parents` a source is a directory and a pattern for what is taken of it: `a/./b/*.c` is the directory `a`
/// with
/// nothing but `b/*.c`, and without the dot it is the root of the tree.
///
/// @param path before links were followed
/// @param entry never a link
/// @param files of the tree, and of them below `entry` only those that are copied
record SourceMatch(ByteString path, LayerEntry entry, FileTree files) {
    private static final ByteString PIVOT = ByteString.of("/./");

    /// {@return the file that a source is}
    static SourceMatch of(CopySource.OneFile source) throws IOException {
        return follow(source.tree(), source.path());
    }

    /// {@return what a source names, in the order of a walk; empty for a pattern that matches nothing, and when all is
    /// left out}
    ///
    /// @throws CopyException when there is no such file
    static List<SourceMatch> find(CopySource.InTree source, CopyRules rules) throws IOException {
        if (!rules.parents()) {
            return find(source.tree(), LexicalPath.belowRoot(source.path()), rules.excludes());
        }
        int pivot = pivot(source.path());
        ByteString base = LexicalPath.belowRoot(source.path().substring(0, Math.max(0, pivot)));
        ByteString kept = LexicalPath.belowRoot(source.path().substring(pivot < 0 ? 0 : pivot + PIVOT.length()));
        boolean literal = !FileGlob.hasWildcard(base) && !FileGlob.hasWildcard(kept);
        var matches = new ArrayList<SourceMatch>();
        for (SourceMatch match : find(source.tree(), base, IgnorePatterns.NONE)) {
            if (literal) {
                require(source.tree(), match.entry().path().resolve(kept));
            }
            if (match.entry().isDirectory()) {
                ByteString root = match.entry().path();
                FileTree selected = SelectedTree.only(match.files(), root, kept, rules.excludes());
                if (kept.isEmpty() || !selected.children(root).isEmpty()) {
                    matches.add(new SourceMatch(match.path(), match.entry(), selected));
                }
            } else if (!rules.excludes().excludes(match.path().name())) {
                matches.add(match);
            }
        }
        return matches;
    }

    private static List<SourceMatch> find(SourceTree tree, ByteString path, IgnorePatterns excludes)
            throws IOException {
        var matches = new ArrayList<SourceMatch>();
        for (SourceMatch match : FileGlob.hasWildcard(path) ? glob(tree, path) : List.of(follow(tree, path))) {
            if (match.entry().isDirectory()) {
                FileTree selected =
                        SelectedTree.without(match.files(), match.entry().path(), excludes);
                matches.add(new SourceMatch(match.path(), match.entry(), selected));
            } else if (!excludes.excludes(match.path().name())) {
                matches.add(match);
            }
        }
        return matches;
    }

    private static List<SourceMatch> glob(SourceTree tree, ByteString path) throws IOException {
        var glob = FileGlob.compile(path);
        var matches = new ArrayList<SourceMatch>();
        FileTree files = tree.files();
        ByteString base = PathResolver.resolve(files, glob.base(), true);
        Deque<Iterator<LayerEntry>> open = new ArrayDeque<>();
        open.push(files.children(base).iterator());
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                continue;
            }
            LayerEntry child = open.element().next();
            ByteString relative = base.isEmpty() ? child.path() : child.path().substring(base.length() + 1);
            if (glob.matches(relative)) {
                matches.add(follow(tree, glob.base().resolve(relative)));
            } else if (child.isDirectory() && glob.couldMatchBelow(relative)) {
                open.push(files.children(child.path()).iterator());
            }
        }
        return matches;
    }

    /// {@return what to say of a source of which nothing is copied}
    static CopyWarning nothing(CopySource.InTree source, CopyRules rules) {
        String left = rules.excludes().isEmpty() ? "" : ", or --exclude leaves it out";
        return new CopyWarning(
                CopyWarning.Kind.NO_MATCH,
                "no file of " + source.tree().description() + " matches '" + source.path() + "'" + left
                        + ", nothing is copied");
    }

    private static int pivot(ByteString path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (path.substring(slash).startsWith(PIVOT)) {
                return slash;
            }
        }
        return -1;
    }

    /// A link is there even when it leads nowhere: it is copied as a link.
    private static void require(SourceTree tree, ByteString path) throws IOException {
        ByteString resolved = PathResolver.resolve(tree.files(), path, false);
        if (tree.files().find(resolved) == null) {
            throw missing(tree, path, resolved);
        }
    }

    private static SourceMatch follow(SourceTree tree, ByteString path) throws IOException {
        ByteString resolved = PathResolver.resolve(tree.files(), path, true);
        LayerEntry entry = tree.files().find(resolved);
        if (entry == null) {
            throw missing(tree, path, resolved);
        }
        return new SourceMatch(path, entry, tree.files());
    }

    private static CopyException missing(SourceTree tree, ByteString path, ByteString resolved) {
        String message = "'/" + path + "' not found in " + tree.description();
        if (!resolved.equals(path)) {
            message += ", it leads to '/" + resolved + "'";
        }
        if (tree.files() instanceof BuildContext context) {
            String ignoreFile = context.ignoreFileOf(resolved);
            if (ignoreFile != null) {
                message += "; " + ignoreFile + " leaves it out";
            }
        }
        return new CopyException(message);
    }
}
