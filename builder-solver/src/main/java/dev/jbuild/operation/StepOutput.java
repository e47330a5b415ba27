package dev.jbuild.operation;

import dev.jbuild.event.BuildEvent.OutputStreamKind;
import dev.jbuild.linux.ByteString;

/// Where the bytes go that a step prints. Called by one thread at a time.
@FunctionalInterface
public interface StepOutput {
    void print(OutputStreamKind stream, ByteString bytes);
}
