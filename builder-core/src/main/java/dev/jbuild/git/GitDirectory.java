package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/// What `.git` holds after a checkout without history: one commit, its tree, and where it came from. Credentials, hooks
/// and the time of the checkout are not in it, so the same commit gives the same bytes.
///
/// @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
final class GitDirectory {
    private final GitRemote remote;
    private final GitCommit named;
    private final Commit commit;
    private final Set<ObjectId> objects = new HashSet<>();
    private final TreeMap<ByteString, IndexFile.Entry> index = new TreeMap<>();
    private final TreeMap<String, Submodules.Submodule> submodules = new TreeMap<>();

    GitDirectory(GitRemote remote, GitCommit named, Commit commit) {
        this.remote = remote;
        this.named = named;
        this.commit = commit;
        objects.add(commit.id());
        objects.add(commit.tree());
        if (named.tag() != null) {
            objects.add(ObjectId.fromString(named.tag()));
        }
    }

    /// Notes what was met in the tree.
    ///
    /// @param path below the root of the tree
    void add(ByteString path, TreeItem item) {
        switch (item.kind()) {
            case DIRECTORY -> objects.add(item.id());
            case FILE -> file(path, item, 0100644);
            case PROGRAM -> file(path, item, 0100755);
            case SYMLINK -> file(path, item, 0120000);
            case SUBMODULE -> index.put(path, new IndexFile.Entry(0160000, item.id()));
        }
    }

    private void file(ByteString path, TreeItem item, int mode) {
        objects.add(item.id());
        index.put(path, new IndexFile.Entry(mode, item.id()));
    }

    /// Notes a submodule that is checked out, too.
    ///
    /// @throws GitException when its directory would be inside that of another one
    void add(Submodules.Submodule submodule) {
        String name = submodule.name();
        for (String other : submodules.keySet()) {
            if (name.equals(other) || name.startsWith(other + "/") || other.startsWith(name + "/")) {
                throw new GitException("submodules '" + other + "' and '" + name + "' would share a directory");
            }
        }
        submodules.put(name, submodule);
    }

    /// Makes the files.
    ///
    /// @param workTree the `core.worktree` of a submodule; null without one
    void write(ObjectReader reader, Fd scratch, @Nullable String workTree, Sink sink) throws IOException {
        for (String directory :
                new String[] {"", "objects", "objects/info", "objects/pack", "refs", "refs/heads", "refs/tags"}) {
            sink.directory(directory);
        }
        sink.file("HEAD", utf8(named.hash() + "\n"));
        sink.file("config", utf8(config(workTree)));
        sink.file("index", IndexFile.encode(index));
        if (commit.hasParents()) {
            sink.file("shallow", utf8(named.hash() + "\n"));
        }
        @Nullable String name = named.name();
        if (name != null && (name.startsWith("refs/heads/") || name.startsWith("refs/tags/"))) {
            sink.file("packed-refs", utf8(packedReferences(name)));
        }
        PackFile pack = PackFile.write(reader, objects, scratch);
        sink.file("objects/pack/" + pack.name() + ".idx", pack.index().toBytes());
        sink.pack("objects/pack/" + pack.name() + ".pack", pack);
    }

    private String packedReferences(String name) {
        String header = "# pack-refs with: peeled fully-peeled sorted \n";
        return named.tag() == null
                ? header + named.hash() + " " + name + "\n"
                : header + named.tag() + " " + name + "\n^" + named.hash() + "\n";
    }

    private String config(@Nullable String workTree) {
        var text = new StringBuilder("[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n");
        if (workTree != null) {
            text.append("\tworktree = ").append(quoted(workTree)).append('\n');
        }
        text.append("[remote \"origin\"]\n\turl = ")
                .append(quoted(remote.withoutUser().toString()));
        text.append("\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n");
        for (Map.Entry<String, Submodules.Submodule> each : submodules.entrySet()) {
            text.append("[submodule ").append(quoted(each.getKey())).append("]\n\tactive = true\n\turl = ");
            text.append(quoted(remote.submodule(each.getValue().url())
                            .withoutUser()
                            .toString()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Where the files go.
    interface Sink {
        /// Makes a directory.
        ///
        /// @param path below the `.git`; empty is itself
        void directory(String path);

        void file(String path, byte[] bytes) throws IOException;

        void pack(String path, PackFile pack) throws IOException;
    }
}
