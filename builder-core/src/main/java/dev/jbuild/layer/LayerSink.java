package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.io.InputStream;

/// Receives the content of a layer tar while [LayerReader] reads it: what writes a tree, or keeps nothing.
///
/// Every path is clean, and no component of it is a symbolic link of this layer. A parent is always made before
/// what is in it, and a path that is taken is always removed before it is made again, so a sink that only ever
/// creates, and never follows a link, ends with exactly the tree of the index. One thread calls.
public interface LayerSink {
    /// Keeps nothing.
    LayerSink NOTHING = new LayerSink() {
        @Override
        public void directory(ByteString path) {}

        @Override
        public void file(LayerEntry file, InputStream content) {}

        @Override
        public void hardLink(ByteString existing, ByteString path) {}

        @Override
        public void node(LayerEntry node) {}

        @Override
        public void remove(ByteString path) {}

        @Override
        public void finish(LayerIndex index) {}
    };

    /// Makes a directory that is not there yet. Its owner, mode and times come with [#finish], as only then is
    /// known what else is written into it. The root is never made.
    void directory(ByteString path) throws IOException;

    /// Makes a file with its attributes.
    ///
    /// @param file without content digest, which is known when the bytes were read
    /// @param content exactly `file.size()` bytes; need not be read to its end, nor closed
    void file(LayerEntry file, InputStream content) throws IOException;

    /// Makes `path` another name of the file at `existing`.
    void hardLink(ByteString existing, ByteString path) throws IOException;

    /// Makes a symbolic link, device or pipe with its attributes.
    void node(LayerEntry node) throws IOException;

    /// Removes what this layer has at `path`, with everything below it.
    void remove(ByteString path) throws IOException;

    /// Everything was read and verified. What was not given before is in the index: attributes of directories,
    /// whiteouts, opaque marks. Directories on the way to an entry may be missing in it, see
    /// [LayerIndex#impliedDirectories()].
    void finish(LayerIndex index) throws IOException;
}
