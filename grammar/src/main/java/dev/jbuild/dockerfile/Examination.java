package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Diagnostic.Phase;
import dev.jbuild.dockerfile.Diagnostic.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What there is to say about a file, whether it is in order or not: for whoever looks at files instead of building
/// them.
///
/// @param tree as far as the file can be taken apart
/// @param dockerfile null when something is wrong
/// @param diagnostics in the order of the file
public record Examination(
        SourceFile source,
        Directives directives,
        SyntaxTree tree,
        @Nullable Dockerfile dockerfile,
        List<Diagnostic> diagnostics) {
    public Examination {
        diagnostics = List.copyOf(diagnostics);
    }

    /// Looks at a file.
    public static Examination of(SourceFile source) {
        return new DockerfileReader(source).examine();
    }

    /// Returns the first error that is seen this early, or null.
    public @Nullable Diagnostic firstError(Phase phase) {
        for (var diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR && diagnostic.phase() == phase) {
                return diagnostic;
            }
        }
        return null;
    }
}
