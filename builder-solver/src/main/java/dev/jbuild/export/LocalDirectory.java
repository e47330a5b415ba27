package dev.jbuild.export;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts the files of an image into a directory of the calling user, beside what is there.
///
/// Everything belongs to the user. A symbolic link that is in the way is replaced, never followed, so nothing is
/// written
/// outside the directory. Devices and pipes are left out, as they are no files.
final class LocalDirectory {
    private final Directory root;
    private final FileContents contents;

    private LocalDirectory(Directory root, FileContents contents) {
        this.root = root;
        this.contents = contents;
    }

    static void write(Path destination, LayerIndex index, FileContents contents) throws IOException {
        if (Files.exists(destination) && !Files.isDirectory(destination)) {
            throw new OutputException(destination, "is a file; name a directory");
        }
        Files.createDirectories(destination);
        try (Directory root =
                Directory.open(ByteString.of(destination.toAbsolutePath().toString()))) {
            var local = new LocalDirectory(root, contents);
            for (LayerEntry entry : index.entries()) {
                if (!entry.path().isEmpty()) {
                    local.put(entry);
                }
            }
            for (LayerEntry entry : index.entries().reversed()) {
                if (entry.isDirectory() && !entry.path().isEmpty()) {
                    local.finishDirectory(entry);
                }
            }
        }
    }

    private void put(LayerEntry entry) throws IOException {
        try (Directory parent = parent(entry.path())) {
            ByteString name = entry.path().name();
            switch (entry.type()) {
                case DIRECTORY -> putDirectory(parent, name);
                case FILE -> putFile(parent, name, entry);
                case SYMLINK -> {
                    clear(parent, name);
                    parent.makeSymlink(name, entry.linkTarget());
                }
                case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, WHITEOUT -> {}
            }
        }
    }

    private void putDirectory(Directory parent, ByteString name) throws IOException {
        if (parent.contains(name) && parent.status(name).isDirectory()) {
            return;
        }
        clear(parent, name);
        parent.makeDirectory(name, 0755);
    }

    private void putFile(Directory parent, ByteString name, LayerEntry entry) throws IOException {
        clear(parent, name);
        try (InputStream in = contents.open(entry);
                Fd file = parent.createFile(name, 0600)) {
            in.transferTo(file.outputStream());
            file.setMode(entry.mode());
            file.setTime(entry.modified().seconds(), entry.modified().nanos());
        }
    }

    private void finishDirectory(LayerEntry entry) throws IOException {
        try (Directory parent = parent(entry.path())) {
            parent.setMode(entry.path().name(), entry.mode());
            parent.setTime(
                    entry.path().name(),
                    entry.modified().seconds(),
                    entry.modified().nanos());
        }
    }

    /// Every directory on the way was made or found real by an entry before this one.
    private Directory parent(ByteString path) throws IOException {
        return path.parent().isEmpty() ? root.reopen() : root.openDirectoryInRoot(path.parent());
    }

    private static void clear(Directory parent, ByteString name) throws IOException {
        if (!parent.contains(name)) {
            return;
        }
        FileStatus there = parent.status(name);
        if (there.isDirectory()) {
            parent.deleteRecursively(name);
        } else {
            parent.unlink(name);
        }
    }
}
