package dev.jbuild.frontend;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Base images that exist only as configs, and a note of which were asked for.
final class FakeImages implements BaseImages {
    final List<String> asked = new ArrayList<>();
    private final Map<String, ContainerConfig> configs = new HashMap<>();
    private final Map<String, Platform> platforms = new HashMap<>();

    FakeImages with(String name, ContainerConfig config) {
        configs.put(ImageReference.parse(name).toString(), config);
        return this;
    }

    /// Makes an image one for a single platform, which it is whatever is asked for.
    FakeImages on(String name, Platform platform) {
        platforms.put(ImageReference.parse(name).toString(), platform);
        return this;
    }

    @Override
    public ImageSource find(ImageReference reference) {
        asked.add(reference.familiar());
        String name = reference.toString();
        return new Source(reference, configs.getOrDefault(name, ContainerConfig.EMPTY), platforms.get(name));
    }

    private record Source(
            ImageReference reference,
            ContainerConfig container,
            @Nullable Platform only) implements ImageSource {
        @Override
        public ResolvedImage resolve(Platform wanted) {
            Platform platform = only == null ? wanted : only;
            Digest diffId = Digest.ofBytes(reference.toString().getBytes(StandardCharsets.UTF_8));
            ImageConfig config = ImageConfig.of(platform)
                    .container(container)
                    .created(Instant.parse("2026-01-02T03:04:05Z"))
                    .addLayer(diffId, new History(Instant.parse("2026-01-02T03:04:05Z"), "base", null, null, false))
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
            throw new UnsupportedOperationException("a front end reads no layer");
        }
    }
}
