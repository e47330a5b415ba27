package dev.jbuild.oci;

/// A text does not name an image.
public final class InvalidReferenceException extends ImageException {
    private static final long serialVersionUID = 1L;

    private final String reference;

    InvalidReferenceException(String reference, String problem) {
        super("invalid image reference " + Excerpt.quoted(reference) + ": " + problem);
        this.reference = reference;
    }

    /// {@return the text as it was given}
    public String reference() {
        return reference;
    }
}
