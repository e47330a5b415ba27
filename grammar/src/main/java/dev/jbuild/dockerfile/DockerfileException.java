package dev.jbuild.dockerfile;

import java.util.List;

/// A Dockerfile that cannot be read, with everything that is wrong with it.
public final class DockerfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SourceFile source;
    private final transient List<Diagnostic> diagnostics;

    /// @param diagnostics at least one, in the order of the file
    public DockerfileException(SourceFile source, List<Diagnostic> diagnostics) {
        super(summary(source, diagnostics));
        this.source = source;
        this.diagnostics = List.copyOf(diagnostics);
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
