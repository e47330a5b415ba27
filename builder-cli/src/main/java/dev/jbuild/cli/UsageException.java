package dev.jbuild.cli;

import org.jspecify.annotations.Nullable;

/// What the user typed cannot be done.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable String hint;

    /// @param message lower case, no full stop, quoting the offending text
    /// @param hint what to type instead; null when the message already says it
    public UsageException(String message, @Nullable String hint) {
        super(message);
        this.hint = hint;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
