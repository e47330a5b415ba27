package dev.jbuild.build;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.git.GitException;
import dev.jbuild.operation.StepFailedException;
import dev.jbuild.operation.StepInputException;
import dev.jbuild.remote.RemoteFileException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a step's failure together with the Dockerfile it came from.
final class StepFailures {
    private StepFailures() {}

    /// {@return what the caller is to throw}
    ///
    /// @param failure of the first step that failed; null when there is none and the build was stopped
    static RuntimeException explain(@Nullable Throwable failure, SourceFile source)
            throws IOException, InterruptedException {
        return switch (failure) {
            case StepFailedException failed ->
                new BuildStepException(
                        failed.label().origin() + failed.getMessage(),
                        excerpt(source, failed.label().range()));
            case StepInputException input -> input(source, input);
            case RuntimeException other -> other;
            case IOException other -> throw other;
            case Error bug -> throw bug;
            case null -> throw new InterruptedException("the build was stopped");
            default -> throw new InterruptedException(failure.getMessage());
        };
    }

    private static RuntimeException input(SourceFile source, StepInputException input) {
        @Nullable SourceRange range = input.label().range();
        String message = input.label().origin() + input.getMessage();
        boolean unavailable = switch (input.getCause()) {
            case RemoteFileException remote -> remote.unavailable();
            case GitException repository -> repository.unavailable();
            case null, default -> false;
        };
        if (unavailable) {
            return new UnavailableSourceException(message, excerpt(source, range));
        }
        return range == null
                ? input
                : new DockerfileException(source, List.of(Diagnostic.error("bad-input", range, message, null)));
    }

    private static @Nullable String excerpt(SourceFile source, @Nullable SourceRange range) {
        return range == null ? null : SourceExcerpt.of(source, range);
    }
}
