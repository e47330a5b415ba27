package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.LinuxException;
import java.util.ArrayList;

/// Opens directories of a tree name by name, so no symbolic link is followed and no path is too long, and keeps the way
/// to the last one open, which is most of the way to the next one of a walk. For one thread at a time.
final class OpenDirectories implements AutoCloseable {
    /// Of the 1024 descriptors that a process usually may have.
    private static final int MOST_OPEN = 100;

    private final Directory root;
    private final ArrayList<Opened> way = new ArrayList<>();

    private record Opened(ByteString path, Directory directory) {}

    /// @param root becomes ours
    OpenDirectories(Directory root) {
        this.root = root;
    }

    /// {@return an open directory, valid until the next call}
    ///
    /// @throws LinuxException ENOTDIR when it or one on the way is something else, a symbolic link too
    Directory open(ByteString path) throws LinuxException {
        while (!way.isEmpty() && !path.isBelowOrSame(way.getLast().path())) {
            way.removeLast().directory().close();
        }
        int done = way.isEmpty() ? 0 : way.getLast().path().length() + 1;
        while (done < path.length()) {
            int slash = path.indexOf('/', done);
            int end = slash < 0 ? path.length() : slash;
            var opened = new Opened(path.substring(0, end), current().openDirectory(path.substring(done, end)));
            if (way.size() == MOST_OPEN) {
                way.removeLast().directory().close();
            }
            way.add(opened);
            done = end + 1;
        }
        return current();
    }

    private Directory current() {
        return way.isEmpty() ? root : way.getLast().directory();
    }

    @Override
    public void close() {
        for (Opened opened : way) {
            opened.directory().close();
        }
        way.clear();
        root.close();
    }
}
