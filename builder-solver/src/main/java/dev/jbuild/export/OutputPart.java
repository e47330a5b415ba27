package dev.jbuild.export;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// A file or directory that is written beside an output, and takes its place when it is whole.
///
/// It is locked while its writer lives. Parts of the same output that nobody holds are what a killed process left:
/// the next one removes them.
final class OutputPart implements AutoCloseable {
    private static final ByteString END = ByteString.of(".part");
    private static final int RANDOM_DIGITS = 16;

    private final Directory parent;
    private final ByteString name;
    private final Fd open;

    private OutputPart(Directory parent, ByteString name, Fd open) {
        this.parent = parent;
        this.name = name;
        this.open = open;
    }

    /// Makes one, after those of dead processes are removed.
    ///
    /// @param parent stays open as long as this
    /// @param output the name of the output in it
    static OutputPart make(Directory parent, ByteString output, FileType type) throws IOException {
        removeDead(parent, output);
        while (true) {
            String random =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            ByteString name = beginning(output).concat(ByteString.of(random)).concat(END);
            if (type == FileType.DIRECTORY) {
                parent.makeDirectory(name, 0755);
            }
            try {
                Fd open = type == FileType.DIRECTORY ? parent.openDirectory(name) : parent.createFile(name, 0666);
                boolean held = false;
                try {
                    held = hold(open, parent, name);
                } finally {
                    if (!held) {
                        open.close();
                    }
                }
                if (held) {
                    return new OutputPart(parent, name, open);
                }
            } catch (LinuxException failure) {
                // Somebody took it for one of a dead process, before it was locked.
                if (type != FileType.DIRECTORY || !failure.is(Errno.ENOENT)) {
                    throw failure;
                }
            }
        }
    }

    /// {@return whether the part is this writer's}; where there are no locks, nobody else takes it for a dead one
    private static boolean hold(Fd open, Directory parent, ByteString name) throws LinuxException {
        try {
            return FileLock.tryHold(open, parent, name);
        } catch (LinuxException failure) {
            if (hasNoLocks(failure)) {
                return true;
            }
            throw failure;
        }
    }

    /// Some network file systems lock nothing, or only what is open for writing.
    private static boolean hasNoLocks(LinuxException failure) {
        return switch (failure.errno()) {
            case EOPNOTSUPP, ENOSYS, ENOLCK, EBADF, EINVAL -> true;
            default -> false;
        };
    }

    private static ByteString beginning(ByteString output) {
        return ByteString.of(".").concat(output).concat(ByteString.of("."));
    }

    private static void removeDead(Directory parent, ByteString output) throws IOException {
        ByteString beginning = beginning(output);
        for (DirectoryEntry entry : parent.entries()) {
            ByteString name = entry.name();
            boolean file = entry.type() == FileType.REGULAR || entry.type() == FileType.DIRECTORY;
            if (file
                    && name.length() == beginning.length() + RANDOM_DIGITS + END.length()
                    && name.startsWith(beginning)
                    && name.endsWith(END)) {
                removeUnlessHeld(parent, name);
            }
        }
    }

    private static void removeUnlessHeld(Directory parent, ByteString name) throws IOException {
        try (Fd dead = parent.openFile(name, OpenFlag.NON_BLOCKING)) {
            if (FileLock.tryHold(dead, parent, name)) {
                parent.deleteRecursively(name);
            }
        } catch (LinuxException failure) {
            boolean gone = failure.is(Errno.ENOENT);
            boolean othersOne = failure.is(Errno.EACCES) || failure.is(Errno.EPERM);
            if (!gone && !othersOne && !hasNoLocks(failure)) {
                throw failure;
            }
        }
    }

    /// {@return the open directory or file; this object owns it}
    Fd open() {
        return open;
    }

    /// {@return the open directory}
    Directory directory() {
        return (Directory) open;
    }

    /// Takes the place of the output, which is durable afterwards.
    void publish(ByteString output) throws LinuxException {
        if (open instanceof Directory && parent.contains(output)) {
            parent.rename(name, parent, output, Directory.Rename.EXCHANGE);
        } else {
            parent.rename(name, parent, output, Directory.Rename.REPLACE);
        }
        parent.sync();
    }

    /// Removes what has its name now: what is not whole, or what the output was before.
    @Override
    public void close() throws IOException {
        try {
            parent.deleteRecursively(name);
        } catch (LinuxException failure) {
            // Another process may be doing the same: the former output is locked by nobody.
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
        } finally {
            open.close();
        }
    }
}
