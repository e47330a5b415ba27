package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file tree that can be asked without touching a mounted file system: a merged stack of layers, or a build
/// context.
///
/// Paths are as in [LayerEntry#path()]. No method follows a symbolic link; [PathResolver] does.
public interface FileTree {
    /// {@return what is at `path`; null when nothing is, also when only a link on the way would lead there}
    /// Never a whiteout. The root is always there.
    @Nullable
    LayerEntry find(ByteString path) throws IOException;

    /// {@return the direct children in byte order; empty when there are none or `directory` is not a directory}
    List<LayerEntry> children(ByteString directory) throws IOException;

    /// {@return the SHA-256 of the bytes of `file`, a FILE of this tree} A context may read the whole file for
    /// it.
    Digest contentDigest(LayerEntry file) throws IOException;
}
