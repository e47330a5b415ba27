package dev.jbuild.git;

import dev.jbuild.http.Transport;
import java.io.IOException;

/// Gets trees out of repositories on servers.
///
/// Everything goes through JGit, which is not loaded before it is needed: no `git` is run, and no configuration, hook,
/// filter, attribute or credential of this machine or of the repository has a say. Files have the bytes that were
/// committed.
public final class GitSource {
    private final GitAccess access;

    /// @param network for http and https; used, not owned
    public GitSource(ScratchSpace space, Transport network) {
        this(space, network, GitLimits.DEFAULT);
    }

    GitSource(ScratchSpace space, Transport network, GitLimits limits) {
        this.access = new GitAccess(space, network, limits);
    }

    /// {@return the commit that a reference means now} A whole hash means itself, and nobody is asked.
    ///
    /// @throws GitException when there is none, or another than the checksum says
    public GitCommit resolve(GitReference reference) throws IOException, InterruptedException {
        GitCommit commit = named(reference);
        String checksum = reference.checksum();
        if (checksum != null && !commit.matches(checksum)) {
            String got = commit.tag() == null ? commit.hash() : commit.tag() + " or " + commit.hash();
            throw new GitException("expected checksum to match " + checksum + ", got " + got);
        }
        return commit;
    }

    private GitCommit named(GitReference reference) throws IOException, InterruptedException {
        String ref = reference.ref();
        if (ref != null && RefName.isCommitHash(ref)) {
            return new GitCommit(ref, null, null);
        }
        try (RemoteRepository repository = RemoteRepository.open(reference.remote(), access)) {
            return repository.resolve(ref);
        }
    }

    /// {@return the tree of a commit; the caller closes it}
    ///
    /// @param commit what [#resolve] said
    /// @throws GitException when the repository, a submodule or the tree cannot be used
    public GitCheckout checkout(GitReference reference, GitCommit commit) throws IOException, InterruptedException {
        var checkout = new CheckoutRun(access, reference);
        try {
            return checkout.run(commit);
        } catch (Throwable failure) {
            checkout.close();
            throw failure;
        }
    }
}
