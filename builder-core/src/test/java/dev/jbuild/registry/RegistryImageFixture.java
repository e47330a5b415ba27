package dev.jbuild.registry;

import static dev.jbuild.testing.LocalRegistry.blobPath;
import static dev.jbuild.testing.LocalRegistry.manifestPath;

import dev.jbuild.http.TransportLimits;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.testing.LocalRegistry;
import dev.jbuild.testing.TestImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// Two registries on this machine, an image, and a client that soon gives up.
@Timeout(60)
abstract class RegistryImageFixture {
    static final Platform AMD64 = Platform.of("linux", "amd64");
    static final String REPOSITORY = "library/debian";
    static final byte[] LAYER = randomBytes(300_000);
    static final TestImage IMAGE = TestImage.of(LAYER);
    static final String TAG_PATH = manifestPath(REPOSITORY, "12");
    static final String LAYER_PATH = blobPath(REPOSITORY, IMAGE.layer(0).digest());

    /// Everything fails fast, but the machine may be busy.
    static final TransportLimits QUICK = new TransportLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(1500),
            4,
            Duration.ofMillis(5),
            Duration.ofSeconds(2));

    final LocalRegistry registry = LocalRegistry.start();
    final LocalRegistry other = LocalRegistry.start();
    final RegistryClient client = new RegistryClient(RegistryMirrors.NONE, QUICK);

    @AfterEach
    void stop() {
        client.close();
        registry.close();
        other.close();
    }

    ImageReference reference() {
        return ImageReference.parse(registry.host() + "/" + REPOSITORY + ":12");
    }

    static byte[] read(ImageSource source, Descriptor blob) throws IOException, InterruptedException {
        try (InputStream stream = source.open(blob)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
