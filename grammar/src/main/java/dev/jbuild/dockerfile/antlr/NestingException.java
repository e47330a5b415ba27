package dev.jbuild.dockerfile.antlr;

/// A word whose quotes and braces are nested deeper than a person would write.
public final class NestingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    NestingException(int position) {
        super("nested too deeply");
        this.position = position;
    }

    /// Returns the index in the word where the limit is passed.
    public int position() {
        return position;
    }
}
