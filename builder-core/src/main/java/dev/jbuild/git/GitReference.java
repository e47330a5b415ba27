package dev.jbuild.git;

import dev.jbuild.oci.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A directory in a commit of a repository, as a Dockerfile or a command line names it.
///
/// `address#ref:subdirectory`, or the same and more as a query:
/// `address?branch=main&subdir=docs&checksum=<hash>&submodules=false`. The address is `git@host:path`, `ssh://`,
/// `git://`,
/// or `http://` and `https://` with a path that ends in `.git`; every other http address is a file to download.
///
/// @param remote where the repository is
/// @param ref a branch, a tag, a whole commit hash or a full name (`refs/pull/1/head`); null means the branch that the
///     server's HEAD names
/// @param subdirectory what of the tree is wanted, components joined by single slashes; empty is all
/// @param checksum the beginning of the hash that the commit, or an annotated tag, must have; null means any
/// @param keepGitDirectory whether `.git` is part of the tree; null when the text does not say
/// @param submodules whether the trees of submodules are part of the tree
/// @param time which time the files get
/// @see <a href="https://docs.docker.com/build/concepts/context/#url-queries">Docker, Git repository URLs</a>
public record GitReference(
        GitRemote remote,
        @Nullable String ref,
        String subdirectory,
        @Nullable String checksum,
        @Nullable Boolean keepGitDirectory,
        boolean submodules,
        FileTime time) {

    /// Which time the files of a checkout get.
    public enum FileTime {
        /// When the commit was made, so that two checkouts are equal.
        COMMIT,
        /// When they were checked out.
        CHECKOUT
    }

    /// {@return the reference that `text` writes; null when it names no repository but a path or something to download}
    ///
    /// @throws GitException when it names one in a way that nobody can follow
    public static @Nullable GitReference parse(String text) {
        return GitReferenceReader.read(text, true);
    }

    /// {@return the same for a build context, which may also be `github.com/owner/name`}
    public static @Nullable GitReference parseContext(String text) {
        return text.startsWith("github.com/")
                ? GitReferenceReader.read("https://" + text, false)
                : GitReferenceReader.read(text, true);
    }

    /// {@return this reference with what the instruction that names it demands}
    ///
    /// @param wantedChecksum null when it demands none
    /// @param keep null when it does not say
    /// @throws GitException when both say different things, or the checksum is none
    public GitReference with(@Nullable String wantedChecksum, @Nullable Boolean keep) {
        if (keep != null && keepGitDirectory != null && !keep.equals(keepGitDirectory)) {
            throw new GitException("inconsistent keep-git-dir configuration");
        }
        if (wantedChecksum != null && checksum != null && !wantedChecksum.equals(checksum)) {
            throw new GitException("checksum mismatch \"" + wantedChecksum + "\" != \"" + checksum + "\"");
        }
        return new GitReference(
                remote,
                ref,
                subdirectory,
                wantedChecksum == null ? checksum : checksum(wantedChecksum),
                keep == null ? keepGitDirectory : keep,
                submodules,
                time);
    }

    /// {@return whether `.git` is part of the tree}
    public boolean keepsGitDirectory() {
        return keepGitDirectory != null && keepGitDirectory;
    }

    /// {@return the address with ref and subdirectory, without a password}
    public String shown() {
        String below = subdirectory.isEmpty() ? "" : ":" + subdirectory;
        return remote + (ref == null && below.isEmpty() ? "" : "#" + (ref == null ? "" : ref) + below);
    }

    static String checksum(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || !RefName.isHex(lower)) {
            throw new GitException(
                    "invalid checksum " + Excerpt.of(text) + " for Git source, expected hex commit hash");
        }
        return lower;
    }
}
