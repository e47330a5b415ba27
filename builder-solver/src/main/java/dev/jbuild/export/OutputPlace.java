package dev.jbuild.export;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where an output goes.
///
/// @param directory exists
/// @param name of the output in it
record OutputPlace(Path directory, ByteString name) {
    /// {@return the place of `destination`, or of what it is a link to; its directory is made when it is missing}
    static OutputPlace of(Path destination) throws IOException {
        if (Files.isSymbolicLink(destination) && !Files.exists(destination)) {
            throw new OutputException(destination, "is a link to nothing; name what it should lead to");
        }
        Path whole = Files.exists(destination)
                ? destination.toRealPath()
                : destination.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path name = whole.getFileName();
        if (parent == null || name == null) {
            throw new OutputException(destination, "is the root directory; name something below it");
        }
        Files.createDirectories(parent);
        return new OutputPlace(parent, ByteString.of(name.toString()));
    }

    Directory open() throws IOException {
        return Directory.open(ByteString.of(directory.toString()));
    }
}
