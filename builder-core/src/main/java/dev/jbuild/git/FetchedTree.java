package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/// A fetched commit that is being walked.
final class FetchedTree implements AutoCloseable {
    /// A commit or tag has a message of a few lines, `.gitmodules` some hundred.
    private static final int MAX_TEXT = 1 << 20;

    /// A directory of two million names.
    private static final int MAX_TREE = 128 << 20;

    private final RemoteRepository repository;
    private final ObjectReader reader;
    private final Commit commit;
    private final int depth;
    private @Nullable Submodules submodules;

    private FetchedTree(RemoteRepository repository, ObjectReader reader, Commit commit, int depth) {
        this.repository = repository;
        this.reader = reader;
        this.commit = commit;
        this.depth = depth;
    }

    /// {@return the tree of a commit; the caller closes it}
    ///
    /// @param repository has fetched it
    /// @param depth how many repositories it is below the one that was asked for
    static FetchedTree open(RemoteRepository repository, GitCommit commit, int depth) throws IOException {
        ObjectReader reader = repository.reader();
        try {
            Commit read = Commit.read(reader, ObjectId.fromString(commit.hash()));
            return new FetchedTree(repository, reader, read, depth);
        } catch (Throwable failure) {
            reader.close();
            throw failure;
        }
    }

    RemoteRepository repository() {
        return repository;
    }

    ObjectReader reader() {
        return reader;
    }

    Commit commit() {
        return commit;
    }

    int depth() {
        return depth;
    }

    List<TreeItem> items(ObjectId tree, ByteString path) throws IOException {
        return TreeItem.parse(bytes(tree, Constants.OBJ_TREE, MAX_TREE), path);
    }

    byte[] bytes(ObjectId id, int type, int limit) throws IOException {
        return Commit.bytes(reader, id, type, limit);
    }

    /// Read when the first submodule is met; one without any may have what it likes there.
    Submodules submodules() throws IOException {
        Submodules known = submodules;
        if (known == null) {
            known = readSubmodules();
            submodules = known;
        }
        return known;
    }

    private Submodules readSubmodules() throws IOException {
        ByteString name = ByteString.of(".gitmodules");
        for (TreeItem item : items(commit.tree(), ByteString.EMPTY)) {
            if (item.name().equals(name)) {
                return switch (item.kind()) {
                    case FILE, PROGRAM ->
                        Submodules.parse(
                                new String(bytes(item.id(), Constants.OBJ_BLOB, MAX_TEXT), StandardCharsets.UTF_8));
                    case DIRECTORY, SYMLINK, SUBMODULE -> throw new GitException("'.gitmodules' is not a regular file");
                };
            }
        }
        return Submodules.NONE;
    }

    ObjectId directory(ObjectId tree, ByteString path, ByteString name) throws IOException {
        for (TreeItem item : items(tree, path)) {
            if (item.name().equals(name)) {
                if (item.kind() != TreeItem.Kind.DIRECTORY) {
                    throw new GitException("git subdirectory '" + path.resolve(name) + "' is not a directory");
                }
                return item.id();
            }
        }
        throw new GitException("git subdirectory '" + path.resolve(name) + "' does not exist");
    }

    @Override
    public void close() {
        reader.close();
    }
}
