package dev.jbuild.build;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a build made.
///
/// @param configDigest the image's config: what `docker images` calls the image ID
/// @param manifest the image's manifest, when an output needed one; null when the image only stays in the local store
/// @param tags full names under which the image was stored
public record BuildResult(Digest configDigest, @Nullable Descriptor manifest, List<String> tags) {
    public BuildResult {
        tags = List.copyOf(tags);
    }
}
