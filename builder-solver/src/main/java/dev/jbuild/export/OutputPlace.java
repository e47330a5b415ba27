package dev.jbuild.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/// Where an output goes, and room beside it on the same file system, so that a move is one step.
///
/// @param directory exists
/// @param name of the output in it
/// @param temporaryName that nobody has in it
record OutputPlace(Path directory, String name, String temporaryName) {
    /// {@return the place of `destination`, whose directory is made when it is missing}
    static OutputPlace of(Path destination) throws IOException {
        Path whole = destination.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path name = whole.getFileName();
        if (parent == null || name == null) {
            throw new OutputException(destination, "is the root directory; name something below it");
        }
        Files.createDirectories(parent);
        long unique = ThreadLocalRandom.current().nextLong();
        return new OutputPlace(parent, name.toString(), "." + name + "." + Long.toHexString(unique) + ".part");
    }

    Path temporary() {
        return directory.resolve(temporaryName);
    }
}
