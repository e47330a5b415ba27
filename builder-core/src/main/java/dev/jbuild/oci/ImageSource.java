package dev.jbuild.oci;

import java.io.IOException;
import java.io.InputStream;

/// One image in the place where it can be read: a registry, a layout directory, a store.
///
/// Safe for use by several threads.
public interface ImageSource {
    /// {@return manifest and config of the image, verified}
    ///
    /// @param platform what to pick from an index; an image that has no index is taken whatever its platform is
    /// @throws IOException when the place cannot be read; [CorruptContentException] when it holds wrong bytes
    /// @throws ImageException when there is no such image, none for the platform, or it is malformed
    ResolvedImage resolve(Platform platform) throws IOException, InterruptedException;

    /// Opens a blob of the image. The stream checks as it goes ([VerifiedInputStream]): the read that delivers
    /// the last byte throws [CorruptContentException] when size or digest is not what `blob` says. The caller
    /// closes the stream. After wrong bytes, opening the blob again may find it elsewhere.
    ///
    /// @param blob a layer or config of what [#resolve(Platform)] returned
    /// @throws IOException when the place cannot be read
    /// @throws ImageException when there is no such blob
    InputStream open(Descriptor blob) throws IOException, InterruptedException;
}
