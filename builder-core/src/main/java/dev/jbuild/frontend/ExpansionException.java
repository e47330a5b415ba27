package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;

/// A word that has no value: a variable it requires is missing, or the result would be huge.
public final class ExpansionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SourceRange range;

    ExpansionException(SourceRange range, String message) {
        super(message);
        this.range = range;
    }

    SourceRange range() {
        return range;
    }
}
