package dev.jbuild.build;

import dev.jbuild.cache.Store;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildListener;
import dev.jbuild.frontend.BaseImages;
import dev.jbuild.image.Pin;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageDocument;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageResolution;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Images of registries. What a name meant when it was first asked for is kept, so the same build tomorrow stands on
/// the same base and asks nobody; the log says how old the answer is.
final class PinnedImages implements BaseImages {
    private final RegistryClient registry;
    private final Store store;
    private final BuildListener listener;
    private final boolean again;
    private final BeforeAsking beforeAsking;

    /// What has to be in order before a registry is asked, each time.
    @FunctionalInterface
    interface BeforeAsking {
        void check() throws IOException, InterruptedException;
    }

    /// All are used, none is owned.
    ///
    /// @param again whether the registry is asked although the store knows
    PinnedImages(
            RegistryClient registry, Store store, BuildListener listener, boolean again, BeforeAsking beforeAsking) {
        this.beforeAsking = beforeAsking;
        this.again = again;
        this.registry = registry;
        this.store = store;
        this.listener = listener;
    }

    @Override
    public ImageSource find(ImageReference reference) {
        return new PinnedImage(reference, registry.image(reference));
    }

    private final class PinnedImage implements ImageSource {
        private final ImageReference reference;
        private final ImageSource origin;

        PinnedImage(ImageReference reference, ImageSource origin) {
            this.reference = reference;
            this.origin = origin;
        }

        @Override
        public ResolvedImage resolve(Platform platform) throws IOException, InterruptedException {
            String name = reference + " for " + platform;
            Optional<Pin> pin = store.pins().find(name);
            if (!again && pin.isPresent() && store.blobs().contains(pin.get().root())) {
                Optional<ResolvedImage> known = known(pin.get().root(), platform);
                if (known.isPresent()) {
                    listener.on(new BuildEvent.Notice(BuildEvent.Level.INFO, age(pin.get())));
                    return known.get();
                }
            }
            beforeAsking.check();
            ResolvedImage found = origin.resolve(platform);
            store.blobs()
                    .put(found.descriptor().mediaType(), found.manifest().raw().bytes());
            store.blobs()
                    .put(
                            found.manifest().config().mediaType(),
                            found.rawConfig().bytes());
            store.pins().put(name, new Pin(found.descriptor(), Instant.now()));
            return found;
        }

        @Override
        public InputStream open(Descriptor blob) throws IOException, InterruptedException {
            return origin.open(blob);
        }

        /// Nothing when a document is gone from the store: then the registry is asked again.
        private Optional<ResolvedImage> known(Descriptor manifest, Platform platform)
                throws IOException, InterruptedException {
            try {
                var resolution = new ImageResolution(reference, platform, this::read);
                ImageDocument document = ImageDocument.parse(read(manifest), manifest.mediaType());
                return Optional.of(resolution.resolve(document));
            } catch (MissingDocumentException gone) {
                return Optional.empty();
            }
        }

        private byte[] read(Descriptor descriptor) throws IOException, InterruptedException {
            try (InputStream stored = store.blobs().open(descriptor)) {
                if (stored == null) {
                    throw new MissingDocumentException(descriptor);
                }
                return ImageResolution.readDocument(stored, descriptor);
            }
        }

        private String age(Pin pin) {
            long minutes = Duration.between(pin.resolved(), Instant.now()).toMinutes();
            String age;
            if (minutes < 1) {
                age = "less than a minute";
            } else if (minutes < 120) {
                age = minutes == 1 ? "a minute" : minutes + " minutes";
            } else {
                age = minutes < 2880 ? minutes / 60 + " hours" : minutes / 1440 + " days";
            }
            return reference.familiar() + " is " + pin.root().digest() + ", as the registry said " + age + " ago";
        }
    }

    private static final class MissingDocumentException extends IOException {
        private static final long serialVersionUID = 1;

        MissingDocumentException(Descriptor descriptor) {
            super("no " + descriptor.digest() + " in the store");
        }
    }
}
