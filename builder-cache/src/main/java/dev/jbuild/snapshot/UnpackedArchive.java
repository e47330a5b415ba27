package dev.jbuild.snapshot;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerContent;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerReader;
import dev.jbuild.layer.TarLimits;
import dev.jbuild.linux.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// An archive that ADD unpacks: its entries and bytes, kept until this is closed.
public final class UnpackedArchive implements FileContents, AutoCloseable {
    private final Birth birth;
    private final LayerContent content;

    private UnpackedArchive(Birth birth, LayerContent content) {
        this.birth = birth;
        this.content = content;
    }

    static UnpackedArchive read(InputStream tar, LayerFiles files) throws IOException {
        Birth birth = files.newBirth();
        boolean done = false;
        try (Directory tree = birth.makeDirectory(LayerFiles.TREE);
                TreeWriter writer = new TreeWriter(tree, files.marks())) {
            LayerContent content = LayerReader.readArchive(tar, writer, TarLimits.DEFAULT);
            done = true;
            return new UnpackedArchive(birth, content);
        } finally {
            if (!done) {
                birth.close();
            }
        }
    }

    /// {@return what the archive holds}
    public LayerIndex index() {
        return content.index();
    }

    /// {@return for the user: what was left out or settled}
    public List<String> warnings() {
        return content.warnings();
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        return new TreeContents(() -> birth.directory().openDirectory(LayerFiles.TREE)).open(file);
    }

    /// Removes the unpacked files.
    @Override
    public void close() throws IOException {
        birth.close();
    }
}
