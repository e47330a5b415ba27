package dev.jbuild.build;

import org.jspecify.annotations.Nullable;

/// A command of the Dockerfile failed.
public final class BuildStepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable String excerpt;

    BuildStepException(@Nullable String message, @Nullable String excerpt) {
        super(message);
        this.excerpt = excerpt;
    }

    /// {@return the lines of the Dockerfile around the instruction, each ended by a line feed; null when no line asked
    /// for the step}
    public @Nullable String excerpt() {
        return excerpt;
    }
}
