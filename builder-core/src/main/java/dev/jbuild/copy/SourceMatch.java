package dev.jbuild.copy;

import dev.jbuild.context.BuildContext;
import dev.jbuild.context.FileGlob;
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
/// @param path before links were followed
/// @param entry never a link
record SourceMatch(ByteString path, LayerEntry entry) {
    /// {@return what a source names, in the order of a walk; empty for a pattern that matches nothing}
    ///
    /// @throws CopyException when there is no such file
    static List<SourceMatch> find(CopySource.InTree source) throws IOException {
        ByteString path = LexicalPath.belowRoot(source.path());
        if (!FileGlob.hasWildcard(path)) {
            return List.of(follow(source.tree(), path));
        }
        var glob = FileGlob.compile(path);
        var matches = new ArrayList<SourceMatch>();
        FileTree files = source.tree().files();
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
                matches.add(follow(source.tree(), glob.base().resolve(relative)));
            } else if (child.isDirectory() && glob.couldMatchBelow(relative)) {
                open.push(files.children(child.path()).iterator());
            }
        }
        return matches;
    }

    /// {@return what to say of a pattern that matches nothing}
    static CopyWarning nothing(CopySource.InTree source) {
        return new CopyWarning(
                CopyWarning.Kind.NO_MATCH,
                "no file of " + source.tree().description() + " matches '" + source.path() + "', nothing is copied");
    }

    private static SourceMatch follow(SourceTree tree, ByteString path) throws IOException {
        ByteString resolved = PathResolver.resolve(tree.files(), path, true);
        LayerEntry entry = tree.files().find(resolved);
        if (entry == null) {
            throw missing(tree, path, resolved);
        }
        return new SourceMatch(path, entry);
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
