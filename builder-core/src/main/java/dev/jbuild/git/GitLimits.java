package dev.jbuild.git;

/// What a checkout may cost. A server is not believed: a few bytes of it can describe more than any disk holds.
///
/// @param objects of one pack; the largest histories have some ten million, and one commit has a fraction of it
/// @param packBytes of one pack as received
/// @param fileBytes of one file; hosts of repositories refuse less. An object is put together in memory
/// @param inflatedBytes of all objects of one pack
/// @param entries of the tree with all submodules
/// @param treeBytes of all files of the tree with all submodules
/// @param submodules with all of theirs
/// @param seconds that a server may be silent
record GitLimits(
        long objects,
        long packBytes,
        long fileBytes,
        long inflatedBytes,
        int entries,
        long treeBytes,
        int submodules,
        int seconds) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    static final GitLimits DEFAULT =
            new GitLimits(20_000_000, 8 * GIB, 512 * MIB, 64 * GIB, 2_000_000, 32 * GIB, 500, 30);

    /// {@return the exception for something beyond a limit}
    static GitException exceeded(String what, long limit) {
        return new GitException("the repository has " + what + ", more than the limit of " + limit);
    }
}
