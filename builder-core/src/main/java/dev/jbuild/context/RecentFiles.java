package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of short files between the time when they are hashed for a key and the time when they are copied into the
/// layer, so that a file is opened and read once. Safe for several threads.
final class RecentFiles {
    /// A longer file is read twice: the time to open it matters less.
    static final int LARGEST = 64 << 10;

    /// What a builder that must stay below some hundred megabytes can spare.
    private static final long BUDGET = 64 << 20;

    private final Map<ByteString, byte[]> files = new HashMap<>();
    private long left = BUDGET;

    /// Keeps the bytes of a file, if there is room for them.
    ///
    /// @param bytes become ours
    synchronized void keep(ByteString path, byte[] bytes) {
        if (bytes.length <= left && files.putIfAbsent(path, bytes) == null) {
            left -= bytes.length;
        }
    }

    /// {@return the bytes of a file; null when they are not kept, or were taken before}
    synchronized byte @Nullable [] take(ByteString path) {
        byte[] bytes = files.remove(path);
        if (bytes != null) {
            left += bytes.length;
        }
        return bytes;
    }
}
