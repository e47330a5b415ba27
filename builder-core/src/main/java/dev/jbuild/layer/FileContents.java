package dev.jbuild.layer;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of the files of one tree.
public interface FileContents {
    /// Opens the bytes of a FILE of this tree. They are not verified here but by whoever copies them.
    ///
    /// @return the caller closes it
    InputStream open(LayerEntry file) throws IOException;
}
