package dev.jbuild.git;

import dev.jbuild.linux.Fd;
import java.io.IOException;

/// Gives room for what a server sends, until the layer of a checkout is written.
public interface ScratchSpace {
    /// {@return an empty file without a name, open for reading and writing; the [GitCheckout] closes it}
    Fd create() throws IOException;
}
