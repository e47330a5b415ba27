package dev.jbuild.cli;

import dev.jbuild.build.UnwritableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A small file in which the user asked for a part of the result (`--iidfile`, `--metadata-file`).
///
/// It never holds the result of an earlier build: it is removed before a build starts, and appears whole.
record ResultFile(Path path) {
    /// Removes what an earlier build left. A device or pipe stays.
    ///
    /// @throws UsageException when no file can be there, so that it is known before anything is built
    void remove() throws IOException {
        var parent = path.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new UsageException("'" + path + "' cannot be written: there is no directory '" + parent + "'", null);
        }
        if (Files.isDirectory(path)) {
            throw new UsageException("'" + path + "' is a directory, a file is needed", null);
        }
        if (Files.isRegularFile(path)) {
            Files.delete(path);
        }
    }

    void write(String content) throws IOException {
        try {
            replace(content);
        } catch (IOException failure) {
            throw new UnwritableException("'" + path + "'", failure);
        }
    }

    private void replace(String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            Files.write(path, bytes);
            return;
        }
        var directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new UsageException("'" + path + "' is no name for a file", null);
        }
        var temporary = Files.createTempFile(
                directory,
                ".jbuild-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.deleteIfExists(temporary);
            throw failure;
        }
    }
}
