package dev.jbuild.export;

import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that appears whole or not at all. A device or pipe is no such file: it is written to.
final class OutputFile {
    private static final int BUFFER = 1 << 17;

    /// Writes the content.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    private OutputFile() {}

    /// Writes beside `destination`, makes it durable, and moves it there.
    static void write(Path destination, Content content) throws IOException, InterruptedException {
        if (Files.isDirectory(destination)) {
            throw new OutputException(destination, "is a directory; name a file");
        }
        if (Files.exists(destination) && !Files.isRegularFile(destination)) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(destination), BUFFER)) {
                content.writeTo(out);
            }
            return;
        }
        OutputPlace place = OutputPlace.of(destination);
        try (Directory parent = place.open();
                OutputPart part = OutputPart.make(parent, place.name(), FileType.REGULAR)) {
            var out = new BufferedOutputStream(part.open().outputStream(), BUFFER);
            content.writeTo(out);
            out.flush();
            part.open().sync();
            part.publish(place.name());
        }
    }
}
