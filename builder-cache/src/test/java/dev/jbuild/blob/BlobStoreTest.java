package dev.jbuild.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private Store store;
    private BlobStore blobs;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(temporary.resolve("state"));
        blobs = store.blobs();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private Path file(Descriptor blob) {
        String hex = blob.digest().hex();
        return temporary.resolve("state/v1/blobs/sha256/" + hex.substring(0, 2) + "/" + hex);
    }

    private byte[] read(Descriptor blob) throws Exception {
        try (var stream = blobs.open(blob)) {
            return stream == null ? null : stream.readAllBytes();
        }
    }

    @Test
    void whatIsPutCanBeReadBeforeAndAfterItMoves() throws Exception {
        Descriptor blob = blobs.put(MediaType.OCI_CONFIG, HELLO);
        assertThat(read(blob)).isEqualTo(HELLO);
        try (var early = blobs.open(blob)) {
            store.committer().flush();
            assertThat(file(blob)).hasBinaryContent(HELLO);
            assertThat(early.readAllBytes()).isEqualTo(HELLO);
        }
        assertThat(read(blob)).isEqualTo(HELLO);
        assertThat(blobs.put(MediaType.OCI_CONFIG, HELLO)).isEqualTo(blob);
    }

    @Test
    void anUnknownBlobIsNotThere() throws Exception {
        Descriptor blob = Descriptor.of(MediaType.OCI_CONFIG, Digest.ofBytes(HELLO), 5);
        assertThat(blobs.contains(blob)).isFalse();
        assertThat(blobs.open(blob)).isNull();
    }

    @Test
    void anAbandonedBlobLeavesNoTrace() throws Exception {
        try (BlobWriter writer = blobs.create()) {
            writer.write(HELLO);
            assertThat(writer.size()).isEqualTo(5);
        }
        store.committer().flush();
        try (var files = Files.walk(temporary.resolve("state/v1"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .doesNotContain("1")
                    .contains("in-use");
        }
    }

    @Test
    void aFlippedBitIsFoundAndTheBlobIsGone() throws Exception {
        Descriptor blob = blobs.put(MediaType.OCI_CONFIG, HELLO);
        store.committer().flush();
        Files.write(file(blob), "hellO".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(blob)).isInstanceOf(CorruptContentException.class);
        assertThat(blobs.contains(blob)).isFalse();
        assertThat(blobs.put(MediaType.OCI_CONFIG, HELLO)).isEqualTo(blob);
        assertThat(read(blob)).isEqualTo(HELLO);
    }

    @Test
    void anotherSizeIsNotBelieved() throws Exception {
        for (String wrong : new String[] {"", "hell", "hello!"}) {
            Descriptor blob = blobs.put(MediaType.OCI_CONFIG, HELLO);
            store.committer().flush();
            Files.writeString(file(blob), wrong);
            assertThat(blobs.contains(blob)).isFalse();
            assertThat(file(blob)).doesNotExist();
        }
    }

    @Test
    void whatIsNoFileIsNotBelieved() throws Exception {
        Descriptor blob = Descriptor.of(MediaType.OCI_CONFIG, Digest.ofBytes(HELLO), 5);
        Files.createDirectories(file(blob).getParent());
        Files.createSymbolicLink(file(blob), Files.write(temporary.resolve("target"), HELLO));
        assertThat(blobs.contains(blob)).isFalse();
        Files.delete(file(blob));
        Files.createDirectory(file(blob));
        assertThat(blobs.contains(blob)).isFalse();
        assertThat(blobs.put(MediaType.OCI_CONFIG, HELLO)).isEqualTo(blob);
        store.committer().flush();
        assertThat(read(blob)).isEqualTo(HELLO);
    }

    @Test
    void aStreamMustBeWhatItsDescriptorSays() throws Exception {
        Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(HELLO), 5);
        assertThatThrownBy(() -> blobs.put(blob, new ByteArrayInputStream("hellO".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(CorruptContentException.class);
        assertThatThrownBy(() -> blobs.put(blob, new ByteArrayInputStream("hello!".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(CorruptContentException.class);
        assertThat(blobs.contains(blob)).isFalse();
        blobs.put(blob, new ByteArrayInputStream(HELLO));
        assertThat(read(blob)).isEqualTo(HELLO);
    }
}
