package dev.jbuild.sandbox;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.sandbox.SandboxSpec.Root;
import java.util.List;

/// Removes from an upper directory what is there only because something was mounted.
///
/// A step that makes and deletes a file in a directory which the image does not have, but which holds mount points,
/// leaves a copy of that directory behind. It is empty, and the image did not have it, so the layer must not.
final class MountPoints {
    private static final List<ByteString> DIRECTORIES =
            List.of(ByteString.of("dev"), ByteString.of("etc"), ByteString.of("proc"), ByteString.of("sys"));

    private MountPoints() {}

    static void forget(Root root) throws LinuxException {
        for (ByteString name : DIRECTORIES) {
            if (root.upper().contains(name) && root.upper().status(name).isDirectory() && !isInImage(root, name)) {
                removeIfEmpty(root.upper(), name);
            }
        }
    }

    private static boolean isInImage(Root root, ByteString name) throws LinuxException {
        for (Directory lower : root.lowers()) {
            if (lower.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static void removeIfEmpty(Directory upper, ByteString name) throws LinuxException {
        try {
            upper.removeDirectory(name);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOTEMPTY)) {
                throw failure;
            }
        }
    }
}
