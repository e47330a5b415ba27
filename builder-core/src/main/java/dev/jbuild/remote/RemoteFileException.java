package dev.jbuild.remote;

/// A file behind a URL cannot be had, or is not the one that was asked for. The message is for the user and names the
/// address, without user name, password and query.
public final class RemoteFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unavailable;

    private RemoteFileException(String message, boolean unavailable) {
        super(message);
        this.unavailable = unavailable;
    }

    /// {@return that what was written cannot be right}
    static RemoteFileException wrong(String message) {
        return new RemoteFileException(message, false);
    }

    /// {@return that a server or the network did not give the file}
    static RemoteFileException unavailable(FileAddress address, String problem) {
        return new RemoteFileException("cannot download " + address + ": " + problem, true);
    }

    /// {@return whether a server or the network is at fault, so that the same may work later}
    public boolean unavailable() {
        return unavailable;
    }
}
