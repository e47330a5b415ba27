package dev.jbuild.collect;

/// A filter, size or duration that cannot be understood. Exit code 2.
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message quotes the text, and says what is possible
    public PolicyException(String message) {
        super(message);
    }
}
