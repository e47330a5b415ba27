package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VerifiedInputStreamTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor RIGHT = Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(CONTENT), 10);

    @Test
    void rightContentPasses() throws IOException {
        try (InputStream stream = open(CONTENT, RIGHT)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.read()).isNegative();
        }
    }

    @Test
    void lastByteIsNotDeliveredWhenTheDigestIsWrong() throws IOException {
        var wrong = Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(new byte[10]), 10);
        try (InputStream stream = open(CONTENT, wrong)) {
            assertThat(stream.readNBytes(9)).hasSize(9);
            assertThatThrownBy(stream::read)
                    .isInstanceOf(CorruptContentException.class)
                    .hasMessage(wrong.digest() + " has other content than its digest says");
        }
    }

    @Test
    void shortContentIsRefused() throws IOException {
        var longer = Descriptor.of(MediaType.OCI_LAYER, RIGHT.digest(), 11);
        try (InputStream stream = open(CONTENT, longer)) {
            assertThatThrownBy(stream::readAllBytes).hasMessage(RIGHT.digest() + " ends after 10 of 11 bytes");
        }
    }

    @Test
    void surplusIsRefusedAfterOneByteOfIt() throws IOException {
        var shorter = Descriptor.of(MediaType.OCI_LAYER, RIGHT.digest(), 8);
        var source = new ByteArrayInputStream(CONTENT);
        try (InputStream stream = new VerifiedInputStream(source, shorter)) {
            assertThatThrownBy(stream::readAllBytes).hasMessage(RIGHT.digest() + " goes on after its 8 bytes");
            assertThat(source.available()).isEqualTo(1);
        }
    }

    @Test
    void emptyContentIsVerifiedToo() throws IOException {
        var empty = Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(new byte[0]), 0);
        try (InputStream stream = open(new byte[0], empty)) {
            assertThat(stream.read()).isNegative();
        }
        try (InputStream stream = open(CONTENT, empty)) {
            assertThatThrownBy(stream::read).isInstanceOf(CorruptContentException.class);
        }
    }

    @Test
    void skippedBytesAreVerifiedToo() throws IOException {
        var wrong = Descriptor.of(MediaType.OCI_LAYER, Digest.ofBytes(new byte[10]), 10);
        try (InputStream stream = open(CONTENT, wrong)) {
            assertThatThrownBy(() -> stream.skip(10)).isInstanceOf(CorruptContentException.class);
        }
    }

    private static InputStream open(byte[] content, Descriptor expected) {
        return new VerifiedInputStream(new ByteArrayInputStream(content), expected);
    }
}
