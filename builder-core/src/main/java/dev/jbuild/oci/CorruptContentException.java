package dev.jbuild.oci;

import java.io.IOException;

/// Bytes are not those that a descriptor names: another digest, fewer or more of them.
///
/// An [IOException] because it appears while a stream is read; whoever reads has used nothing of the content yet.
public final class CorruptContentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Descriptor expected;

    /// @param problem follows the digest: `ends after 12 of 80 bytes`
    public CorruptContentException(Descriptor expected, String problem) {
        super(expected.digest() + " " + problem);
        this.expected = expected;
    }

    /// {@return what the content should have been}
    public Descriptor expected() {
        return expected;
    }
}
