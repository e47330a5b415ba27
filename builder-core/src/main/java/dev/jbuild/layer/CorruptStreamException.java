package dev.jbuild.layer;

import java.io.IOException;

/// Compressed bytes are damaged, cut off, or ask for more memory than they may.
///
/// An [IOException] because it appears while a stream is read; nothing of what it stands for may be used.
public final class CorruptStreamException extends IOException {
    private static final long serialVersionUID = 1;

    private final Compression compression;

    CorruptStreamException(Compression compression, String problem) {
        super("not a usable " + compression.name().toLowerCase(java.util.Locale.ROOT) + " stream: " + problem);
        this.compression = compression;
    }

    CorruptStreamException(Compression compression, String problem, Throwable cause) {
        this(compression, problem);
        initCause(cause);
    }

    public Compression compression() {
        return compression;
    }
}
