package dev.jbuild.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.testing.TestImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutDirectoryTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");
    private static final TestImage FIRST = TestImage.of(AMD64, new byte[] {1, 2, 3});
    private static final TestImage SECOND = TestImage.of(ARM64, new byte[] {4});

    @TempDir
    private Path directory;

    @BeforeEach
    void writeBlobs() throws IOException {
        Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        for (TestImage image : List.of(FIRST, SECOND)) {
            blob(image.manifest().raw().bytes());
            blob(image.config().bytes());
            for (byte[] layer : image.layers()) {
                blob(layer);
            }
        }
    }

    @Test
    void onlyImageNeedsNoTag() throws Exception {
        index(FIRST.manifest().descriptor());
        ImageSource source = OciLayoutDirectory.open(directory).image(null);
        assertThat(source.resolve(AMD64).manifest()).isEqualTo(FIRST.manifest());
        try (InputStream layer = source.open(FIRST.layer(0))) {
            assertThat(layer.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void imageIsFoundByTagOrDigest() throws Exception {
        index(tagged(FIRST, "a"), tagged(SECOND, "b"));
        OciLayoutDirectory layout = OciLayoutDirectory.open(directory);
        assertThat(layout.tags()).containsExactly("a", "b");
        assertThat(layout.image("b").resolve(AMD64).manifest()).isEqualTo(SECOND.manifest());
        String digest = FIRST.manifest().raw().digest().toString();
        assertThat(layout.image(digest).resolve(AMD64).manifest()).isEqualTo(FIRST.manifest());
        assertThatThrownBy(() -> layout.image("c"))
                .isInstanceOf(ImageException.class)
                .hasMessage("no image 'c' in the OCI layout " + directory + ": it has a, b");
        assertThatThrownBy(() -> layout.image(null))
                .hasMessage("the OCI layout " + directory + " has several images; name one of a, b");
    }

    @Test
    void tagMayBeAWholeName() throws Exception {
        index(tagged(FIRST, "docker.io/library/a:1"), tagged(SECOND, "b"));
        assertThat(OciLayoutDirectory.open(directory)
                        .image("docker.io/library/a:1")
                        .resolve(AMD64)
                        .manifest())
                .isEqualTo(FIRST.manifest());
    }

    @Test
    void latestIsTheDefaultAmongSeveral() throws Exception {
        index(tagged(FIRST, "a"), tagged(SECOND, "latest"));
        assertThat(OciLayoutDirectory.open(directory).image(null).resolve(AMD64).manifest())
                .isEqualTo(SECOND.manifest());
    }

    @Test
    void imagesOfOneTagArePickedByPlatform() throws Exception {
        Descriptor first = tagged(FIRST, "a").withPlatform(AMD64);
        index(first, tagged(SECOND, "a").withPlatform(ARM64));
        ImageSource source = OciLayoutDirectory.open(directory).image("a");
        assertThat(source.resolve(ARM64).manifest()).isEqualTo(SECOND.manifest());
        assertThat(source.resolve(AMD64).root().digest()).isEqualTo(first.digest());
    }

    @Test
    void nestedIndexIsFollowed() throws Exception {
        ImageIndex nested = ImageIndex.of(
                List.of(
                        FIRST.manifest().descriptor().withPlatform(AMD64),
                        tagged(SECOND, "inner").withPlatform(ARM64)),
                Collections.emptySortedMap());
        blob(nested.raw().bytes());
        index(nested.descriptor().withAnnotation("org.opencontainers.image.ref.name", "a"));
        OciLayoutDirectory layout = OciLayoutDirectory.open(directory);
        assertThat(layout.image("a").resolve(ARM64).manifest()).isEqualTo(SECOND.manifest());
        assertThat(layout.image("inner").resolve(AMD64).manifest()).isEqualTo(SECOND.manifest());
    }

    @Test
    void corruptBlobIsNoticed() throws Exception {
        index(FIRST.manifest().descriptor());
        Files.write(path(FIRST.layer(0).digest()), new byte[] {1, 2, 4});
        try (InputStream layer = OciLayoutDirectory.open(directory).image(null).open(FIRST.layer(0))) {
            assertThatThrownBy(layer::readAllBytes).isInstanceOf(CorruptContentException.class);
        }
    }

    @Test
    void missingBlobIsNamed() throws Exception {
        index(FIRST.manifest().descriptor());
        Files.delete(path(FIRST.layer(0).digest()));
        ImageSource source = OciLayoutDirectory.open(directory).image(null);
        assertThatThrownBy(() -> source.open(FIRST.layer(0)))
                .hasMessage("the OCI layout " + directory + " lacks the blob "
                        + FIRST.layer(0).digest());
    }

    @Test
    void linksAndDirectoriesAreNoBlobs() throws Exception {
        index(FIRST.manifest().descriptor());
        Path layer = path(FIRST.layer(0).digest());
        Path elsewhere = Files.write(directory.resolve("elsewhere"), new byte[] {1, 2, 3});
        Files.delete(layer);
        Files.createSymbolicLink(layer, elsewhere);
        ImageSource source = OciLayoutDirectory.open(directory).image(null);
        assertThatThrownBy(() -> source.open(FIRST.layer(0))).hasMessage(layer + " is not a regular file");
        Files.delete(layer);
        Files.createDirectory(layer);
        assertThatThrownBy(() -> source.open(FIRST.layer(0))).hasMessage(layer + " is not a regular file");
    }

    @Test
    void otherDirectoriesAreNoLayouts(@TempDir Path empty) throws IOException {
        assertThatThrownBy(() -> OciLayoutDirectory.open(empty))
                .hasMessage(empty + " is not an OCI layout: it has no file 'oci-layout'");
        Files.writeString(empty.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertThatThrownBy(() -> OciLayoutDirectory.open(empty))
                .hasMessage("oci-layout: 'imageLayoutVersion' is '2.0.0', not 1.0.0");
    }

    private static Descriptor tagged(TestImage image, String tag) {
        return image.manifest().descriptor().withAnnotation("org.opencontainers.image.ref.name", tag);
    }

    private void index(Descriptor... manifests) throws IOException {
        ImageIndex index = ImageIndex.of(List.of(manifests), Collections.emptySortedMap());
        Files.write(directory.resolve("index.json"), index.raw().bytes());
    }

    private void blob(byte[] bytes) throws IOException {
        Files.write(path(Digest.ofBytes(bytes)), bytes);
    }

    private Path path(Digest digest) {
        return directory.resolve("blobs/sha256").resolve(digest.hex());
    }
}
