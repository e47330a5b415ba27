package dev.jbuild.testing;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.History;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.Manifest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An image whose layers are any bytes, for tests of everything that only carries it.
///
/// @param layers compressed bytes, lowest first
public record TestImage(Manifest manifest, JsonBytes config, List<byte[]> layers) {
    public static TestImage of(Platform platform, byte[]... layers) {
        var builder = ImageConfig.of(platform);
        List<Descriptor> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            Digest digest = Digest.ofBytes(layer);
            builder.addLayer(digest, new History(null, "layer", null, null, false));
            descriptors.add(Descriptor.of(MediaType.OCI_LAYER, digest, layer.length));
        }
        JsonBytes config = builder.build().toJson();
        Manifest manifest =
                Manifest.of(config.descriptor(MediaType.OCI_CONFIG), descriptors, Collections.emptySortedMap());
        return new TestImage(manifest, config, List.of(layers));
    }

    public static TestImage of(byte[]... layers) {
        return of(Platform.of("linux", "amd64"), layers);
    }

    public Descriptor layer(int index) {
        return manifest.layers().get(index);
    }
}
