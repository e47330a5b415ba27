package dev.jbuild.snapshot;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.Xattrs;
import java.util.SortedMap;

/// How overlay marks a directory that hides what is below it, which depends on who may write `trusted` attributes.
///
/// @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">kernel: overlayfs</a>
public enum OverlayMarks {
    /// Root of the machine.
    TRUSTED("trusted.overlay."),
    /// Root of a user namespace; overlay is mounted with `userxattr`.
    USER("user.overlay.");

    private static final ByteString YES = ByteString.of("y");

    private final String prefix;

    OverlayMarks(String prefix) {
        this.prefix = prefix;
    }

    /// {@return what this process can write to a directory; it is marked for a moment}
    static OverlayMarks probe(Directory parent, ByteString directory) throws LinuxException {
        try {
            TRUSTED.markOpaque(parent, directory);
        } catch (LinuxException failure) {
            if (failure.is(Errno.EPERM)) {
                return USER;
            }
            throw failure;
        }
        Xattrs.remove(parent, directory, TRUSTED.name("opaque"));
        return TRUSTED;
    }

    private ByteString name(String mark) {
        return ByteString.of(prefix + mark);
    }

    void markOpaque(Directory parent, ByteString directory) throws LinuxException {
        Xattrs.set(parent, directory, name("opaque"), YES);
    }

    boolean isOpaque(SortedMap<ByteString, ByteString> attributes) {
        ByteString value = attributes.isEmpty() ? null : attributes.get(name("opaque"));
        return value != null && value.equals(YES);
    }

    /// {@return whether overlay keeps the real content of the file elsewhere, which our mounts never ask for}
    boolean isIncomplete(SortedMap<ByteString, ByteString> attributes) {
        return attributes.containsKey(name("redirect")) || attributes.containsKey(name("metacopy"));
    }
}
