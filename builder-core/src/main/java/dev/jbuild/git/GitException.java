package dev.jbuild.git;

/// A repository, or what is written about one, cannot be used; the message is for the user.
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unavailable;

    /// What was written, or what a repository holds, cannot be right.
    public GitException(String message) {
        super(message);
        this.unavailable = false;
    }

    private GitException(String message, Throwable cause) {
        super(message, cause);
        this.unavailable = true;
    }

    /// {@return that a server or the network did not give what was asked for}
    static GitException unavailable(String message, Throwable cause) {
        return new GitException(message, cause);
    }

    /// {@return whether a server or the network is at fault, so that the same may work later}
    public boolean unavailable() {
        return unavailable;
    }
}
