package dev.jbuild.git;

import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Makes a [GitCheckout]: fetches a commit and its submodules, and writes down what their trees hold.
final class CheckoutRun {
    private static final int MAX_LINK = 4095;
    private static final int MAX_DEPTH = 20;
    private static final ByteString GIT = ByteString.of(".git");

    private final GitAccess access;
    private final GitReference reference;
    private final List<RemoteRepository> repositories = new ArrayList<>();
    private final List<Fd> scratch = new ArrayList<>();

    CheckoutRun(GitAccess access, GitReference reference) {
        this.access = access;
        this.reference = reference;
    }

    GitCheckout run(GitCommit commit) throws IOException, InterruptedException {
        try (FetchedTree tree = fetch(reference.remote(), commit, 0)) {
            var files = new CheckoutFiles(access.limits(), time(tree.commit()));
            ObjectId root = tree.commit().tree();
            ByteString from = ByteString.EMPTY;
            for (String component : Components.of(reference.subdirectory())) {
                root = tree.directory(root, from, ByteString.of(component));
                from = from.resolve(ByteString.of(component));
            }
            files.directory(ByteString.EMPTY);
            // Of a part of the tree there is no working `.git`.
            boolean keep = reference.keepsGitDirectory() && from.isEmpty();
            var walk = new Walk(tree, files, keep ? new Kept(GIT, directory(commit, tree)) : null);
            walk.walk(root, from, ByteString.EMPTY);
            if (walk.kept != null) {
                write(walk, null);
            }
            return new GitCheckout(files.index(), files.contents(), repositories, scratch);
        }
    }

    private Timestamp time(Commit commit) {
        return switch (reference.time()) {
            case COMMIT -> Timestamp.ofSeconds(commit.seconds());
            case CHECKOUT -> Timestamp.ofSeconds(System.currentTimeMillis() / 1000);
        };
    }

    /// What was fetched so far.
    void close() {
        repositories.forEach(RemoteRepository::close);
        scratch.forEach(Fd::close);
    }

    private FetchedTree fetch(GitRemote remote, GitCommit commit, int depth) throws IOException, InterruptedException {
        int most = access.limits().submodules();
        if (repositories.size() > most) {
            throw GitLimits.exceeded("more than " + most + " submodules", most);
        }
        if (depth > MAX_DEPTH) {
            throw new GitException("submodules in submodules are more than " + MAX_DEPTH + " deep");
        }
        RemoteRepository repository = RemoteRepository.open(remote, access);
        repositories.add(repository);
        repository.fetch(commit);
        return FetchedTree.open(repository, commit, depth);
    }

    private static GitDirectory directory(GitCommit commit, FetchedTree tree) {
        return new GitDirectory(tree.repository().remote(), commit, tree.commit());
    }

    private void write(Walk walk, @Nullable String workTree) throws IOException {
        Kept kept = walk.kept;
        if (kept != null) {
            Fd pack = access.space().create();
            scratch.add(pack);
            kept.directory().write(walk.tree.reader(), pack, workTree, new Sink(walk.files, kept.path()));
        }
    }

    /// A `.git` that is kept.
    ///
    /// @param path where it goes in the checkout
    private record Kept(ByteString path, GitDirectory directory) {}

    /// Puts the files of a `.git` into the checkout.
    private record Sink(CheckoutFiles files, ByteString path) implements GitDirectory.Sink {
        @Override
        public void directory(String name) {
            files.makeDirectory(path.resolve(ByteString.of(name)));
        }

        @Override
        public void file(String name, byte[] bytes) throws IOException {
            files.makeFile(path.resolve(ByteString.of(name)), bytes);
        }

        @Override
        public void pack(String name, PackFile pack) throws IOException {
            files.makePack(path.resolve(ByteString.of(name)), pack);
        }
    }

    /// Goes through the tree of one repository.
    private final class Walk {
        private final FetchedTree tree;
        private final CheckoutFiles files;
        private final @Nullable Kept kept;

        Walk(FetchedTree tree, CheckoutFiles files, @Nullable Kept kept) {
            this.tree = tree;
            this.files = files;
            this.kept = kept;
        }

        /// @param from where the directory is in its own repository
        /// @param to where it is in the checkout
        void walk(ObjectId directory, ByteString from, ByteString to) throws IOException, InterruptedException {
            for (TreeItem item : tree.items(directory, from)) {
                ByteString path = to.resolve(item.name());
                ByteString origin = from.resolve(item.name());
                if (kept != null) {
                    kept.directory().add(origin, item);
                }
                switch (item.kind()) {
                    case DIRECTORY -> {
                        files.directory(path);
                        walk(item.id(), origin, path);
                    }
                    case FILE -> files.blob(path, 0644, tree.repository(), item.id());
                    case PROGRAM -> files.blob(path, 0755, tree.repository(), item.id());
                    case SYMLINK -> files.link(path, target(item, path));
                    case SUBMODULE -> {
                        files.directory(path);
                        if (reference.submodules()) {
                            submodule(item, origin, path);
                        }
                    }
                }
            }
        }

        private void submodule(TreeItem item, ByteString origin, ByteString path)
                throws IOException, InterruptedException {
            Submodules.Submodule submodule = tree.submodules().at(origin);
            GitRemote remote = tree.repository().remote().submodule(submodule.url());
            var commit = new GitCommit(item.id().name(), null, null);
            try (FetchedTree below = fetch(remote, commit, tree.depth() + 1)) {
                var walk = new Walk(below, files, kept == null ? null : keep(submodule, commit, below));
                walk.walk(below.commit().tree(), ByteString.EMPTY, path);
                if (walk.kept != null) {
                    String place = walk.kept.path().utf8();
                    files.makeFile(
                            path.resolve(GIT), ("gitdir: " + up(path) + place + "\n").getBytes(StandardCharsets.UTF_8));
                    write(walk, up(walk.kept.path()) + path.utf8());
                }
            }
        }

        private Kept keep(Submodules.Submodule submodule, GitCommit commit, FetchedTree below) {
            Kept above = kept;
            if (above == null) {
                throw new IllegalStateException("nothing is kept");
            }
            above.directory().add(submodule);
            ByteString place = above.path().resolve(ByteString.of("modules/" + submodule.name()));
            return new Kept(place, directory(commit, below));
        }

        private ByteString target(TreeItem item, ByteString path) throws IOException {
            byte[] target = tree.bytes(item.id(), Constants.OBJ_BLOB, MAX_LINK);
            for (byte character : target) {
                if (character == 0) {
                    throw new GitException("'" + path + "' links to a name with a NUL");
                }
            }
            if (target.length == 0) {
                throw new GitException("'" + path + "' links to nothing");
            }
            return ByteString.ofBytes(target);
        }
    }

    /// {@return the way from a directory to the root of the checkout}
    private static String up(ByteString directory) {
        return "../".repeat(Components.of(directory.utf8()).size());
    }
}
