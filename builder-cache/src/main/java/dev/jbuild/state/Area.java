package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.LinuxException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a state directory whose files can be listed.
public enum Area {
    /// Directories by algorithm, in them by the first digits, in them blobs.
    BLOBS("blobs"),
    /// A directory for each layer.
    LAYERS("layers"),
    /// Directories by the first digits, in them records.
    KEYS("keys"),
    /// A file for each name.
    REFERENCES("refs"),
    /// A file for each build context.
    CONTEXTS("context"),
    /// A file for each project.
    BUILDS("builds"),
    /// Directories by the first digits, in them what steps read.
    READS("reads"),
    /// A directory for each cache mount.
    MOUNTS("mounts"),
    LOGS("logs"),
    /// A directory for each process.
    PROCESSES("tmp"),
    LOCKS("locks");

    private final String path;

    Area(String path) {
        this.path = path;
    }

    public ByteString path() {
        return ByteString.of(path);
    }

    /// {@return whether a name of the state directory is one of these}
    public static boolean isKnown(ByteString name) {
        for (Area area : values()) {
            if (area.path().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// {@return the status of a file; null when it is not there, or no longer}
    public static @Nullable FileStatus find(StateDirectory state, ByteString path) throws LinuxException {
        try {
            return state.directory().status(path);
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT) || failure.is(Errno.ENOTDIR)) {
                return null;
            }
            throw failure;
        }
    }

    /// {@return the paths of what is in the area, in byte order}
    public List<ByteString> list(StateDirectory state) throws LinuxException {
        return list(state, path());
    }

    /// {@return the paths of what is in a directory of the area, in byte order; nothing when it is none}
    public static List<ByteString> list(StateDirectory state, ByteString directory) throws LinuxException {
        try (Directory open = state.directory().openDirectory(directory)) {
            return open.entries().stream()
                    .map(DirectoryEntry::name)
                    .sorted(Comparator.naturalOrder())
                    .map(directory::resolve)
                    .toList();
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT) || failure.is(Errno.ENOTDIR)) {
                return List.of();
            }
            throw failure;
        }
    }
}
