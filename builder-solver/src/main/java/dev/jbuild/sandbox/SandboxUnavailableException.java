package dev.jbuild.sandbox;

import dev.jbuild.linux.ScriptException;
import java.io.IOException;

/// This machine, or what jbuild may do on it, does not allow to run a step: `cannot mount the root: mount(...):
/// operation not permitted (EPERM), step 20 of 300`.
public final class SandboxUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param cause the call that failed; its message is the message
    public SandboxUnavailableException(ScriptException cause) {
        super(cause.getMessage(), cause);
    }
}
