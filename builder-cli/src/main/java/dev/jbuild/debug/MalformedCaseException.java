package dev.jbuild.debug;

/// A file of cases that holds something else.
public final class MalformedCaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message lower case, no full stop, naming file and line
    public MalformedCaseException(String message) {
        super(message);
    }
}
