package dev.jbuild.sandbox;

import java.io.IOException;

/// Takes what a step prints.
@FunctionalInterface
public interface OutputSink {
    /// Where it was printed.
    enum Stream {
        STANDARD_OUTPUT,
        STANDARD_ERROR
    }

    /// The root of the step is mounted: whoever moves a lower directory from now on does not disturb it. Called once,
    /// before anything is printed, and never when the root could not be mounted.
    default void mounted() {}

    /// Takes some bytes; the step waits meanwhile when it prints much. They may end inside a line or a character.
    ///
    /// @param bytes owned by the sink from now on
    /// @throws IOException to stop the step
    void write(Stream stream, byte[] bytes) throws IOException;
}
