package dev.jbuild.git;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;
import org.jspecify.annotations.Nullable;

/// The tree of a commit as a layer: every file and directory owned by 0:0, files 0644 or 0755. Holds what was fetched
/// until it is closed.
public final class GitCheckout implements FileContents, AutoCloseable {
    private final LayerIndex index;
    private final Map<ByteString, Content> contents;
    private final List<RemoteRepository> repositories;
    private final List<Fd> scratch;

    /// @param repositories become ours
    /// @param scratch files that `contents` needs; become ours
    GitCheckout(
            LayerIndex index,
            Map<ByteString, Content> contents,
            List<RemoteRepository> repositories,
            List<Fd> scratch) {
        this.index = index;
        this.scratch = List.copyOf(scratch);
        this.contents = Map.copyOf(contents);
        this.repositories = List.copyOf(repositories);
    }

    public LayerIndex index() {
        return index;
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        @Nullable Content content = contents.get(file.path());
        if (content == null) {
            throw new IllegalArgumentException("not a file of this checkout: '" + file.path() + "'");
        }
        return content.open();
    }

    @Override
    public void close() {
        repositories.forEach(RemoteRepository::close);
        scratch.forEach(Fd::close);
    }

    /// The bytes of one file.
    sealed interface Content {
        /// {@return the caller closes it}
        InputStream open() throws IOException;

        /// A file that was committed.
        record Blob(RemoteRepository repository, ObjectId id) implements Content {
            @Override
            public InputStream open() throws IOException {
                ObjectReader reader = repository.reader();
                try {
                    return new BlobStream(
                            reader, reader.open(id, Constants.OBJ_BLOB).openStream());
                } catch (Throwable failure) {
                    reader.close();
                    throw failure;
                }
            }
        }

        /// A file that was written here; the checkout closes it.
        record Scratch(Fd file, long size) implements Content {
            @Override
            public InputStream open() {
                return file.inputStream(0, size);
            }
        }

        /// A file that was made here; nobody changes the bytes.
        record Made(ByteString bytes) implements Content {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes.toBytes());
            }
        }
    }

    /// A stream that closes its reader, too.
    private static final class BlobStream extends FilterInputStream {
        private final ObjectReader reader;

        BlobStream(ObjectReader reader, ObjectStream stream) {
            super(stream);
            this.reader = reader;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                reader.close();
            }
        }
    }
}
