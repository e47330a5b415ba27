package dev.jbuild.registry;

import dev.jbuild.oci.ImageException;

/// A registry could not be reached or did not do what it was asked. The message says what was tried, what went
/// wrong and what to do, for example `cannot pull docker.io/library/debian:12: registry 127.0.0.1:5000 answered
/// 404 (manifest unknown); check the name and tag, or --registry-mirror`.
public final class RegistryException extends ImageException {
    private static final long serialVersionUID = 1L;

    private final String action;
    private final int status;
    private final boolean retryable;

    /// @param action what was tried, such as `cannot pull debian:12`
    /// @param problem what went wrong
    /// @param status of the HTTP answer, 0 when there was none
    /// @param retryable whether the same may work later
    RegistryException(String action, String problem, int status, boolean retryable) {
        super(action + ": " + problem);
        this.action = action;
        this.status = status;
        this.retryable = retryable;
    }

    /// {@return what was tried}
    public String action() {
        return action;
    }

    /// {@return the status of the HTTP answer, 0 when there was none}
    public int status() {
        return status;
    }

    /// {@return whether the same may work later}
    public boolean retryable() {
        return retryable;
    }
}
