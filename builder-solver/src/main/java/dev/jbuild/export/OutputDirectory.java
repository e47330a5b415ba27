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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// An image layout as a directory that appears whole or not at all; a layout that was there is replaced whole.
final class OutputDirectory {
    private static final String MARKER = "oci-layout";

    /// What may be replaced has nothing else in it.
    private static final Set<String> LAYOUT = Set.of(MARKER, "index.json", "blobs");

    private OutputDirectory() {}

    /// Refuses a destination that holds anything but a layout: to replace it would lose that.
    ///
    /// @throws OutputException when it cannot take an output
    static void check(Path destination) throws IOException {
        if (Files.exists(destination) && !Files.isDirectory(destination)) {
            throw new OutputException(destination, "is a file; name a directory, or write a tar file instead");
        }
        if (!Files.isDirectory(destination)) {
            return;
        }
        try (Stream<Path> files = Files.list(destination)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            if (!names.isEmpty() && !(names.contains(MARKER) && LAYOUT.containsAll(names))) {
                throw new OutputException(
                        destination,
                        "is no image layout and would be lost with '" + names.getFirst()
                                + "'; name an empty or a new directory");
            }
        }
    }

    /// Writes directories and files beside `destination`, makes them durable, and moves them there.
    static void write(Path destination, LayerIndex index, FileContents contents) throws IOException {
        check(destination);
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
