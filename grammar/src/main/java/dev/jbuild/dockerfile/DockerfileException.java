package dev.jbuild.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Dockerfile that cannot be read, with everything that is wrong with it.
public final class DockerfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SourceFile source;
    private final transient List<Diagnostic> diagnostics;
    private final transient @Nullable ReadPart rest;

    /// @param diagnostics at least one, in the order of the file
    public DockerfileException(SourceFile source, List<Diagnostic> diagnostics) {
        this(source, diagnostics, null);
    }

    DockerfileException(SourceFile source, List<Diagnostic> diagnostics, @Nullable ReadPart rest) {
        super(summary(source, diagnostics));
        this.source = source;
        this.diagnostics = List.copyOf(diagnostics);
        this.rest = rest;
    }

    /// Returns what is in order, for whoever looks for more that is wrong; null when nothing useful is, or when all has
    /// been looked at.
    public @Nullable ReadPart rest() {
        return rest;
    }

    /// Returns this together with what else is wrong with the file, in its order.
    public DockerfileException with(List<Diagnostic> others) {
        var all = new ArrayList<>(diagnostics);
        for (var other : others) {
            if (!all.contains(other)) {
                all.add(other);
            }
        }
        all.sort(Diagnostic.BY_PLACE);
        return new DockerfileException(source, all);
    }

    public SourceFile source() {
        return source;
    }

    /// Errors and warnings, in the order of the file.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /// Returns every diagnostic with its source line, as [Diagnostic#render(SourceFile)] does.
    public String render() {
        var out = new StringBuilder();
        for (var diagnostic : diagnostics) {
            out.append(diagnostic.render(source));
        }
        return out.toString();
    }

    private static String summary(SourceFile source, List<Diagnostic> diagnostics) {
        var first = diagnostics.getFirst();
        var others = diagnostics.size() == 1 ? "" : " (and " + (diagnostics.size() - 1) + " more)";
        return source.name() + ":" + first.range().startLine() + ":"
                + first.range().startColumn() + ": " + first.message() + others;
    }
}
