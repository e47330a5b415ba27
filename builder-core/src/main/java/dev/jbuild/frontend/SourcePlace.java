package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.git.GitException;
import dev.jbuild.git.GitReference;
import org.jspecify.annotations.Nullable;

/// What a source of COPY or ADD means, as its text shows.
sealed interface SourcePlace {
    /// A path or pattern in a context or stage.
    record Local(String pattern) implements SourcePlace {}

    /// A file behind an address of HTTP.
    record Web(String url) implements SourcePlace {}

    /// A tree in a git repository.
    record Git(GitReference reference) implements SourcePlace {}

    /// {@return what a source means} An address of HTTP whose path ends in `.git` is a repository.
    ///
    /// @param range the instruction
    /// @throws PlanException when it names a repository in a way that nobody can follow
    static SourcePlace of(String source, SourceRange range) {
        @Nullable GitReference reference;
        try {
            reference = GitReference.parse(source);
        } catch (GitException problem) {
            throw new PlanException("invalid-git", range, String.valueOf(problem.getMessage()), null);
        }
        if (reference != null) {
            return new Git(reference);
        }
        boolean web = source.startsWith("http://") || source.startsWith("https://");
        return web ? new Web(source) : new Local(source);
    }
}
