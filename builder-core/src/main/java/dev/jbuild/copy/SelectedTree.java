package dev.jbuild.copy;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.context.IgnorePatterns.Verdict;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A directory of a tree with only those files below it that are to be copied. Directories on the way to such a file
/// are there too, whatever the patterns say of themselves.
///
/// Patterns see paths from that directory on. What they cannot match is not looked into.
final class SelectedTree implements FileTree {
    private static final List<ByteString> EVERYTHING = List.of(ByteString.of("**"));

    private final FileTree files;
    private final ByteString root;
    private final IgnorePatterns includes;
    private final IgnorePatterns excludes;
    private final Map<ByteString, Verdicts> verdicts = new HashMap<>();
    private final Map<ByteString, Boolean> holdsSomething = new HashMap<>();

    /// What both lists say of a path.
    private record Verdicts(Verdict included, Verdict excluded) {
        boolean taken() {
            return !included.excluded() && !excluded.excluded();
        }
    }

    private SelectedTree(FileTree files, ByteString root, IgnorePatterns includes, IgnorePatterns excludes) {
        this.files = files;
        this.root = root;
        this.includes = includes;
        this.excludes = excludes;
        verdicts.put(root, new Verdicts(Verdict.ROOT, Verdict.ROOT));
    }

    /// {@return the directory without what `excludes` matches}
    static FileTree without(FileTree files, ByteString root, IgnorePatterns excludes) {
        return excludes.isEmpty() ? files : new SelectedTree(files, root, IgnorePatterns.NONE, excludes);
    }

    /// {@return the directory with nothing but what a pattern matches, and of that not what `excludes` matches}
    ///
    /// @param pattern in the syntax of ignore files; the empty one matches all
    static FileTree only(FileTree files, ByteString root, ByteString pattern, IgnorePatterns excludes) {
        if (pattern.isEmpty()) {
            return without(files, root, excludes);
        }
        // All is out, and then what is wanted is taken back in.
        var lines = new ArrayList<>(EVERYTHING);
        lines.add(ByteString.of("!").concat(pattern));
        return new SelectedTree(files, root, IgnorePatterns.of(lines), excludes);
    }

    @Override
    public @Nullable LayerEntry find(ByteString path) throws IOException {
        return files.find(path);
    }

    @Override
    public List<LayerEntry> children(ByteString directory) throws IOException {
        var children = new ArrayList<LayerEntry>();
        for (LayerEntry child : files.children(directory)) {
            Verdicts said = judge(directory, child);
            if (said.taken() || (child.isDirectory() && couldHold(child, said) && holdsSomething(child.path()))) {
                children.add(child);
            }
        }
        return List.copyOf(children);
    }

    @Override
    public Digest contentDigest(LayerEntry file) throws IOException {
        return files.contentDigest(file);
    }

    private Verdicts judge(ByteString directory, LayerEntry child) {
        Verdicts parent = verdicts.get(directory);
        if (parent == null) {
            throw new IllegalArgumentException("'" + directory + "' was asked before the directory that it is in");
        }
        ByteString path = relative(child);
        var said = new Verdicts(includes.judge(path, parent.included()), excludes.judge(path, parent.excluded()));
        if (child.isDirectory()) {
            verdicts.put(child.path(), said);
        }
        return said;
    }

    private boolean couldHold(LayerEntry directory, Verdicts said) {
        ByteString path = relative(directory);
        return couldHold(includes, path, said.included()) && couldHold(excludes, path, said.excluded());
    }

    private static boolean couldHold(IgnorePatterns patterns, ByteString path, Verdict said) {
        return !said.excluded() || patterns.couldIncludeBelow(path, said);
    }

    /// Looks for one thing that is taken, with an explicit stack: a tree may be deeper than a thread's stack.
    private boolean holdsSomething(ByteString directory) throws IOException {
        Deque<ByteString> pending = new ArrayDeque<>(List.of(directory));
        var visited = new ArrayList<ByteString>();
        while (!pending.isEmpty()) {
            ByteString current = pending.pop();
            Boolean known = holdsSomething.get(current);
            if (known == null ? visit(current, pending) : known) {
                for (ByteString at = current; at.length() >= directory.length(); at = at.parent()) {
                    holdsSomething.put(at, true);
                }
                return true;
            }
            visited.add(current);
        }
        visited.forEach(empty -> holdsSomething.put(empty, false));
        return false;
    }

    /// {@return whether something directly in a directory is taken}
    ///
    /// @param pending gets the directories to be looked into, when nothing is
    private boolean visit(ByteString directory, Deque<ByteString> pending) throws IOException {
        for (LayerEntry child : files.children(directory)) {
            Verdicts said = judge(directory, child);
            if (said.taken()) {
                return true;
            }
            if (child.isDirectory() && couldHold(child, said)) {
                pending.push(child.path());
            }
        }
        return false;
    }

    private ByteString relative(LayerEntry entry) {
        return root.isEmpty() ? entry.path() : entry.path().substring(root.length() + 1);
    }
}
