package dev.jbuild.linux;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/// Adds up what a tree takes on the disk. Directories are opened by their path from the top, so depth costs no
/// descriptors; below a path that the kernel refuses as too long nothing is counted.
final class TreeUsage {
    private final Directory top;
    private final Set<Long> counted = new HashSet<>();
    private final ArrayDeque<ByteString> directories = new ArrayDeque<>();
    private long bytes;

    private TreeUsage(Directory top) {
        this.top = top;
    }

    static long of(Directory top, ByteString name) throws LinuxException {
        var usage = new TreeUsage(top);
        usage.add(top, name, name);
        while (!usage.directories.isEmpty()) {
            usage.addAll(usage.directories.pop());
        }
        return usage.bytes;
    }

    private void addAll(ByteString path) throws LinuxException {
        try (Directory directory = top.openDirectory(path)) {
            for (DirectoryEntry entry : directory.entries()) {
                add(directory, entry.name(), path.resolve(entry.name()));
            }
        } catch (LinuxException failure) {
            switch (failure.errno()) {
                case ENOENT, ENOTDIR, ENAMETOOLONG -> {}
                default -> throw failure;
            }
        }
    }

    private void add(Directory parent, ByteString name, ByteString path) throws LinuxException {
        FileStatus status;
        try {
            status = parent.status(name);
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return;
            }
            throw failure;
        }
        if (status.isDirectory()) {
            directories.push(path);
        } else if (status.links() > 1 && !counted.add(status.inode())) {
            return;
        }
        bytes += status.diskBytes();
    }
}
