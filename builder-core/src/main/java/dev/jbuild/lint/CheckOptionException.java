package dev.jbuild.lint;

/// Options of the build checks that are not of the form the language has for them.
public final class CheckOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckOptionException(String message) {
        super(message);
    }
}
