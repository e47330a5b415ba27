package dev.jbuild.oci;

/// An image cannot be used as it is named or as it was delivered. The message is one line for the user.
public class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message lower case, without full stop; text from outside in it went through [Excerpt]
    public ImageException(String message) {
        super(message);
    }

    /// @param message as above
    /// @param cause what was noticed first
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
