package dev.jbuild.oci;

/// A document or blob of an image breaks the specification, for example `manifest: 'layers[2].size' is not a
/// number`.
public final class MalformedImageException extends ImageException {
    private static final long serialVersionUID = 1L;

    private final String document;

    /// @param document which document, as the user knows it: `manifest`, `image config`, `index`
    /// @param problem what is wrong with it, quoting the field
    public MalformedImageException(String document, String problem) {
        super(document + ": " + problem);
        this.document = document;
    }

    /// {@return which document is malformed}
    public String document() {
        return document;
    }
}
