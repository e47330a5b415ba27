package dev.jbuild.copy;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerSink;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// The bytes of the files of an archive, one behind the other in one file. What the archive replaced stays in it and
/// is not found any more.
final class ArchiveSpool implements LayerSink, FileContents, AutoCloseable {
    private final Fd file;
    private final Map<ByteString, Long> starts = new HashMap<>();
    private final byte[] chunk = new byte[1 << 16];
    private long end;

    /// @param file becomes ours
    ArchiveSpool(Fd file) {
        this.file = file;
    }

    @Override
    public void directory(ByteString path) {}

    @Override
    public void file(LayerEntry entry, InputStream content) throws IOException {
        starts.put(entry.path(), end);
        for (int count = content.read(chunk, 0, chunk.length);
                count >= 0;
                count = content.read(chunk, 0, chunk.length)) {
            file.writeAt(end, chunk, 0, count);
            end += count;
        }
    }

    @Override
    public void hardLink(ByteString existing, ByteString path) {
        starts.put(path, start(existing));
    }

    @Override
    public void node(LayerEntry node) {}

    @Override
    public void remove(ByteString path) {
        starts.remove(path);
    }

    @Override
    public void finish(LayerIndex index) {}

    @Override
    public InputStream open(LayerEntry entry) {
        return file.inputStream(start(entry.path()), entry.size());
    }

    @Override
    public void close() {
        file.close();
    }

    private long start(ByteString path) {
        Long start = starts.get(path);
        if (start == null) {
            throw new IllegalArgumentException("'" + path + "' is no file of this archive");
        }
        return start;
    }
}
