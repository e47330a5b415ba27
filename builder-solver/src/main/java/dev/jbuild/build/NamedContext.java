package dev.jbuild.build;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A source that a Dockerfile may name in `FROM` and `COPY --from`, given with `--build-context NAME=...`.
public sealed interface NamedContext {
    /// The files of a local directory.
    record Directory(Path directory) implements NamedContext {}

    /// An image in an OCI layout directory.
    ///
    /// @param reference a tag or a digest (`sha256:...`); null means the only image, or `latest`
    record OciLayout(Path directory, @Nullable String reference) implements NamedContext {}
}
