package dev.jbuild.export;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory that appears whole or not at all; one that was there is replaced whole.
final class OutputDirectory {
    private OutputDirectory() {}

    /// Writes directories and files beside `destination`, makes them durable, and moves them there.
    static void write(Path destination, LayerIndex index, FileContents contents) throws IOException {
        if (Files.exists(destination) && !Files.isDirectory(destination)) {
            throw new OutputException(destination, "is a file; name a directory, or write a tar file instead");
        }
        OutputPlace place = OutputPlace.of(destination);
        try (Directory parent = place.open();
                OutputPart part = OutputPart.make(parent, place.name(), FileType.DIRECTORY)) {
            fill(part.directory(), index, contents);
            part.publish(place.name());
        }
    }

    private static void fill(Directory directory, LayerIndex index, FileContents contents) throws IOException {
        for (LayerEntry entry : index.entries()) {
            if (entry.isDirectory()) {
                directory.makeDirectory(entry.path(), entry.mode());
            } else {
                write(directory, entry, contents);
            }
        }
        directory.syncFileSystem();
    }

    private static void write(Directory directory, LayerEntry entry, FileContents contents) throws IOException {
        try (InputStream in = contents.open(entry);
                Fd file = directory.createFile(entry.path(), entry.mode())) {
            in.transferTo(file.outputStream());
        }
    }
}
