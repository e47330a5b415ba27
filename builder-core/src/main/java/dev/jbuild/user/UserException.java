package dev.jbuild.user;

/// A user or group that an image does not know, or text that cannot be one; the message is for the user.
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /// @param name the offending text
    public UserException(String name, String message) {
        super(message);
        this.name = name;
    }

    /// {@return the text that names nobody}
    public String name() {
        return name;
    }
}
