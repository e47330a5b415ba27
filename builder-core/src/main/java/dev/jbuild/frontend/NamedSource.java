package dev.jbuild.frontend;

import dev.jbuild.oci.ImageSource;

/// What the user gave under a name that a Dockerfile may use.
public sealed interface NamedSource {
    /// The files of a local directory, which the solver knows as the context of that name.
    record Files(String context) implements NamedSource {}

    /// An image.
    ///
    /// @param display what messages call it
    record Image(String display, ImageSource source) implements NamedSource {}
}
