package dev.jbuild.copy;

import dev.jbuild.linux.Fd;
import java.io.IOException;

/// Gives room for the files of an archive that ADD unpacks, until the new layer is written.
public interface ArchiveSpace {
    /// {@return an empty file without a name, open for reading and writing; the [CopyPlan] closes it}
    Fd create() throws IOException;
}
