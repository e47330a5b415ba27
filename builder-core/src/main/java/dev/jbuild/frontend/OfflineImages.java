package dev.jbuild.frontend;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageConfig;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.Manifest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/// Images nobody asks a registry for: each has one layer and an empty config, whatever it is called. With them a
/// file is planned without a network, and without what its base images say.
public final class OfflineImages implements BaseImages {
    private final boolean unknown;

    /// Images that are as empty as they look.
    public OfflineImages() {
        this(false);
    }

    private OfflineImages(boolean unknown) {
        this.unknown = unknown;
    }

    /// {@return images of which nothing is known} What they may make right is passed over, so what is planned on them
    /// may lack something.
    public static OfflineImages unknown() {
        return new OfflineImages(true);
    }

    @Override
    public ImageSource find(ImageReference reference) {
        return new Stub(reference, unknown);
    }

    /// {@return what the user gave, with nothing known of images}
    public static NamedSource named(String name, NamedSource given) {
        return switch (given) {
            case NamedSource.Files files -> files;
            case NamedSource.Image _ -> named(name);
        };
    }

    /// {@return an image that the user gave under a name, of which nothing is known}
    public static NamedSource named(String name) {
        return new NamedSource.Image(name, new Stub(ImageReference.parse("context"), true));
    }

    /// Stands for an image.
    ///
    /// @param unknown whether there may be more to it
    record Stub(ImageReference reference, boolean unknown) implements ImageSource {
        @Override
        public ResolvedImage resolve(Platform platform) {
            Digest layer = Digest.ofBytes(reference.toString().getBytes(StandardCharsets.UTF_8));
            ImageConfig config =
                    ImageConfig.of(platform).diffIds(List.of(layer)).build();
            JsonBytes raw = config.toJson();
            Manifest manifest = Manifest.of(
                    raw.descriptor(MediaType.OCI_CONFIG),
                    List.of(Descriptor.of(MediaType.OCI_LAYER, layer, 0)),
                    new TreeMap<>());
            Descriptor descriptor = manifest.raw().descriptor(MediaType.OCI_MANIFEST);
            return new ResolvedImage(reference, descriptor, descriptor, manifest, raw, config);
        }

        @Override
        public InputStream open(Descriptor blob) throws IOException {
            throw new IOException("'" + reference + "' stands for an image that was not asked for");
        }
    }
}
