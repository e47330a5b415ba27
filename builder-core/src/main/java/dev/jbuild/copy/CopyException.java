package dev.jbuild.copy;

/// A copy that cannot be made as it is written; the message is for the user.
public final class CopyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CopyException(String message) {
        super(message);
    }
}
