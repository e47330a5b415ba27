package dev.jbuild.snapshot;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.state.ProcessDirectory;
import java.io.IOException;

/// A directory in which forms of a layer are being written. Closing without handing it over removes it.
final class Birth implements AutoCloseable {
    private final ProcessDirectory process;
    private final ByteString name;
    private final Directory directory;
    private boolean open = true;

    Birth(ProcessDirectory process, ByteString name, Directory directory) {
        this.process = process;
        this.name = name;
        this.directory = directory;
    }

    /// {@return the open directory; this object owns it}
    Directory directory() {
        return directory;
    }

    /// {@return its path, relative to the state directory}
    ByteString path() {
        return process.path().resolve(name);
    }

    void write(ByteString form, byte[] content) throws IOException {
        try (Fd file = directory.createFile(form, 0600)) {
            file.write(content);
        }
    }

    /// {@return the new empty directory `form`; the caller closes it}
    Directory makeDirectory(ByteString form) throws IOException {
        directory.makeDirectory(form, 0755);
        return directory.openDirectory(form);
    }

    /// Hands the directory over.
    ///
    /// @return its name in the process directory
    ByteString release() {
        open = false;
        directory.close();
        return name;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            directory.close();
            process.directory().deleteRecursively(name);
        }
    }
}
