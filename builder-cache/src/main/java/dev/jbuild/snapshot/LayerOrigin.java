package dev.jbuild.snapshot;

import dev.jbuild.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/// Where a pulled layer's blob can be had: a registry, a layout.
public interface LayerOrigin {
    /// {@return the blob as the image's manifest names it}
    Descriptor descriptor();

    /// Opens the blob, compressed as it is. The stream need not be verified; the store does that.
    ///
    /// @return the caller closes it
    InputStream open() throws IOException, InterruptedException;
}
