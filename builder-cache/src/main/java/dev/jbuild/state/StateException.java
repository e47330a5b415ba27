package dev.jbuild.state;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The state directory cannot be used as it is: not ours, full, not writable, or damaged where nothing heals it.
/// Exit code 4.
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path path;

    /// @param path the file or directory at fault
    /// @param message names it, and what to do
    public StateException(Path path, String message) {
        this(path, message, null);
    }

    public StateException(Path path, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /// {@return the file or directory at fault}
    public Path path() {
        return path;
    }
}
