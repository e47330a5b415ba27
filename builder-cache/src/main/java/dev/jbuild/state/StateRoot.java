package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory that holds the state directories of all versions: made when it is not there, and nobody else's.
final class StateRoot {
    private static final int PRIVATE = 0700;

    private StateRoot() {}

    /// {@return the directory, which belongs to this user alone; the caller closes it}
    ///
    /// @throws StateException when it is another user's
    static Directory open(Path root) throws IOException {
        Directory top = find(root);
        boolean done = false;
        try {
            checkOwner(root, top);
            checkUse(root, top);
            if ((top.status().mode() & 077) != 0) {
                top.setMode(PRIVATE);
            }
            done = true;
            return top;
        } finally {
            if (!done) {
                top.close();
            }
        }
    }

    private static Directory find(Path root) throws IOException {
        ByteString name = ByteString.of(root.toString());
        try {
            return Directory.open(name);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
        }
        Path parent = root.getParent();
        if (parent != null) {
            try {
                Files.createDirectories(parent);
            } catch (IOException failure) {
                throw unusable(root, failure);
            }
        }
        try (Directory above = Directory.open(ByteString.of(parent == null ? "/" : parent.toString()))) {
            makeDirectory(above, ByteString.of(root.getFileName().toString()));
        }
        return Directory.open(name);
    }

    private static void checkOwner(Path root, Directory top) throws LinuxException {
        FileStatus status = top.status();
        int user = currentUser();
        if (status.uid() != user) {
            throw new StateException(
                    root,
                    "state directory '" + root + "' belongs to user " + Integer.toUnsignedString(status.uid())
                            + ", not to user " + Integer.toUnsignedString(user)
                            + "; name another one with --root or JBUILD_ROOT");
        }
    }

    /// What holds anything else was named by mistake: it would lose its mode, and nobody would find the store in it.
    private static void checkUse(Path root, Directory top) throws LinuxException {
        boolean empty = true;
        for (DirectoryEntry entry : top.entries()) {
            String name = entry.name().toString();
            if (isVersion(name)) {
                return;
            }
            // An own file system for the store has one of these from the start.
            empty &= name.equals("lost+found");
        }
        if (!empty) {
            throw new StateException(
                    root,
                    "'" + root
                            + "' is no state directory and holds other files; name an empty or a new one with --root or"
                            + " JBUILD_ROOT");
        }
    }

    private static boolean isVersion(String name) {
        return name.length() > 1
                && name.startsWith("v")
                && name.chars().skip(1).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /// A file that was made just now belongs to whoever makes files.
    private static int currentUser() throws LinuxException {
        try (Fd file = Fd.inMemory("jbuild-user")) {
            return file.status().uid();
        }
    }

    /// Makes a directory, unless another process was first.
    static void makeDirectory(Directory parent, ByteString name) throws LinuxException {
        try {
            parent.makeDirectory(name, PRIVATE);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.EEXIST)) {
                throw failure;
            }
        }
    }

    /// {@return `failure` as the user should read it}
    static StateException unusable(Path root, IOException failure) {
        return new StateException(
                root,
                "state directory '" + root + "' cannot be used: " + failure.getMessage()
                        + "; name another one with --root or JBUILD_ROOT",
                failure);
    }
}
