package dev.jbuild.copy;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Where the bytes of a FILE of a new layer come from.
public sealed interface Origin {
    /// {@return the bytes; the caller closes the stream}
    InputStream open() throws IOException;

    /// A file of a source.
    ///
    /// @param file as the source has it
    record FromTree(SourceTree tree, LayerEntry file) implements Origin {
        @Override
        public InputStream open() throws IOException {
            return tree.contents().open(file);
        }
    }

    /// Bytes of the Dockerfile.
    record Inline(ByteString content) implements Origin {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content.toBytes());
        }
    }
}
