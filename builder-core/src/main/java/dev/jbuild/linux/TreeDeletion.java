package dev.jbuild.linux;

import java.util.List;

/// Deletes a tree without following links, however deep it is.
///
/// Each level holds a descriptor, so a directory deeper than [#LEVELS] is first moved up beside the tree's own
/// entries and is deleted in a later round.
final class TreeDeletion {
    private static final int LEVELS = 64;
    private static final ByteString MOVED = ByteString.of(".deep-");

    private final Directory top;
    private long moved;

    private TreeDeletion(Directory top) {
        this.top = top;
    }

    static void delete(Directory parent, ByteString name) throws LinuxException {
        if (removeFile(parent, name)) {
            return;
        }
        try (Directory top = parent.openDirectory(name)) {
            var deletion = new TreeDeletion(top);
            long before;
            do {
                before = deletion.moved;
                deletion.empty(top, 1);
            } while (deletion.moved > before);
        }
        parent.removeDirectory(name);
    }

    private void empty(Directory directory, int level) throws LinuxException {
        List<DirectoryEntry> entries = directory.entries();
        for (DirectoryEntry entry : entries) {
            if (entry.type() != FileType.DIRECTORY && removeFile(directory, entry.name())) {
                continue;
            }
            if (level == LEVELS) {
                moveUp(directory, entry.name());
                continue;
            }
            try (Directory child = directory.openDirectory(entry.name())) {
                empty(child, level + 1);
            }
            directory.removeDirectory(entry.name());
        }
    }

    private void moveUp(Directory directory, ByteString name) throws LinuxException {
        while (true) {
            ByteString newName = MOVED.concat(ByteString.of(Long.toString(++moved)));
            try {
                directory.rename(name, top, newName, Directory.Rename.NO_REPLACE);
                return;
            } catch (LinuxException failure) {
                if (!failure.is(Errno.EEXIST)) {
                    throw failure;
                }
            }
        }
    }

    /// {@return whether `name` is gone; false when it is a directory}
    private static boolean removeFile(Directory directory, ByteString name) throws LinuxException {
        try {
            directory.unlink(name);
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case ENOENT -> true;
                case EISDIR -> false;
                default -> throw failure;
            };
        }
    }
}
