package dev.jbuild.keys;

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
import java.util.List;
import java.util.TreeMap;

/// A base image of one layer, which is another one for each name.
record PlannedImage(ImageReference reference) implements ImageSource {
    @Override
    public ResolvedImage resolve(Platform platform) {
        Digest diffId = Digest.ofBytes(reference.toString().getBytes(StandardCharsets.UTF_8));
        ImageConfig config = ImageConfig.of(platform)
                .addLayer(diffId, new History(null, "base", null, null, false))
                .build();
        JsonBytes raw = config.toJson();
        Manifest manifest = Manifest.of(
                raw.descriptor(MediaType.OCI_CONFIG),
                List.of(Descriptor.of(MediaType.OCI_LAYER, diffId, 1)),
                new TreeMap<>());
        Descriptor descriptor = manifest.raw().descriptor(MediaType.OCI_MANIFEST);
        return new ResolvedImage(reference, descriptor, descriptor, manifest, raw, config);
    }

    @Override
    public InputStream open(Descriptor blob) {
        throw new UnsupportedOperationException("a plan reads no layer");
    }
}
