package dev.jbuild.build;

import org.jspecify.annotations.Nullable;

/// A server or the network did not give what an instruction names. Later it may.
public final class UnavailableSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable String excerpt;

    UnavailableSourceException(String message, @Nullable String excerpt) {
        super(message);
        this.excerpt = excerpt;
    }

    /// {@return the lines of the Dockerfile around the instruction, each ended by a line feed; null when no line asked
    /// for the source}
    public @Nullable String excerpt() {
        return excerpt;
    }
}
