package dev.jbuild.check;

import dev.jbuild.frontend.BaseImages;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.History;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.Manifest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// Images of which nothing is known: no registry is asked, every config is empty.
final class UnknownImages implements BaseImages {
    private boolean asked;

    /// {@return whether anything depends on an image}
    boolean wereAsked() {
        return asked;
    }

    @Override
    public ImageSource find(ImageReference reference) {
        asked = true;
        return new Unknown(reference);
    }

    private record Unknown(ImageReference reference) implements ImageSource {
        @Override
        public ResolvedImage resolve(Platform platform) {
            var diffId = Digest.ofBytes(reference.toString().getBytes(StandardCharsets.UTF_8));
            var config = ImageConfig.of(platform)
                    .container(ContainerConfig.EMPTY)
                    .created(Instant.EPOCH)
                    .addLayer(diffId, new History(Instant.EPOCH, "unknown", null, null, false))
                    .build();
            JsonBytes raw = config.toJson();
            var manifest = Manifest.of(
                    raw.descriptor(MediaType.OCI_CONFIG),
                    List.of(Descriptor.of(MediaType.OCI_LAYER, diffId, 1)),
                    new TreeMap<>());
            var descriptor = manifest.raw().descriptor(MediaType.OCI_MANIFEST);
            return new ResolvedImage(reference, descriptor, descriptor, manifest, raw, config);
        }

        @Override
        public InputStream open(Descriptor blob) {
            throw new IllegalStateException("checks read no layer");
        }
    }
}
