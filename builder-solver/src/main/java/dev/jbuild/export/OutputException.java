package dev.jbuild.export;

import java.nio.file.Path;

/// A place the user named for an output, which cannot take it.
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputException(Path destination, String problem) {
        super("output '" + destination + "' " + problem);
    }
}
