package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import org.jspecify.annotations.Nullable;

/// A layer, an archive or a tree holds what cannot be used. Whoever made it is at fault, not the machine.
public final class LayerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable ByteString path;

    public LayerException(String message) {
        this(null, message);
    }

    /// Says which path is at fault.
    ///
    /// @param path the path at fault inside the layer; null when it is the stream as a whole
    public LayerException(@Nullable ByteString path, String message) {
        super(message);
        this.path = path;
    }

    public @Nullable ByteString path() {
        return path;
    }
}
