package dev.jbuild.context;

/// The build context, or what names files in it, cannot be used as it is; the message is for the user.
public final class ContextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ContextException(String message) {
        super(message);
    }

    /// {@return the sentence to show}
    public String reason() {
        return String.valueOf(getMessage());
    }
}
