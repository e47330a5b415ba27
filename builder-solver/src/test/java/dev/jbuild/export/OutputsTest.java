package dev.jbuild.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is where an output goes.
@Timeout(60)
class OutputsTest {
    private static final byte[] MARKER = "{}".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void aDirectoryOfOtherThingsIsNotReplaced() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.writeString(home.resolve("thesis"), "x");
        Files.writeString(home.resolve("oci-layout"), "{}");

        assertThatThrownBy(() -> write(home))
                .isInstanceOf(OutputException.class)
                .hasMessage("output '" + home
                        + "' is no image layout and would be lost with 'oci-layout'; name an empty or a new directory");
        assertThat(home.resolve("thesis")).hasContent("x");
    }

    @Test
    void aDirectoryThatOnlyLooksLikeALayoutIsNotReplaced() throws Exception {
        Path blobs = Files.createDirectories(directory.resolve("data/blobs"));
        assertThatThrownBy(() -> write(blobs.getParent())).isInstanceOf(OutputException.class);
        assertThat(blobs).isDirectory();
    }

    @Test
    void anEmptyDirectoryAndALayoutAreReplaced() throws Exception {
        Path layout = Files.createDirectory(directory.resolve("layout"));
        write(layout);
        Files.writeString(layout.resolve("oci-layout"), "of before");
        write(layout);
        assertThat(layout.resolve("oci-layout")).hasContent("{}");
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws Exception {
        Path target = Files.createDirectory(directory.resolve("target"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        write(link);
        assertThat(link).isSymbolicLink();
        assertThat(target.resolve("oci-layout")).hasContent("{}");

        Path file = Files.writeString(directory.resolve("file"), "before");
        Path toFile = Files.createSymbolicLink(directory.resolve("to-file"), Path.of("file"));
        OutputFile.write(toFile, out -> out.write('x'));
        assertThat(toFile).isSymbolicLink();
        assertThat(file).hasContent("x");
    }

    @Test
    void aLinkToNothingIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("nothing"));
        assertThatThrownBy(() -> OutputFile.write(link, out -> out.write('x')))
                .hasMessage("output '" + link + "' is a link to nothing; name what it should lead to");
    }

    @Test
    void aPipeIsWrittenTo() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        OutputFile.write(pipe, out -> out.write("all of it".getBytes(StandardCharsets.US_ASCII)));
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("all of it");
        assertThat(pipe).exists();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    private static void write(Path destination) throws IOException {
        var marker = LayerEntry.file(
                ByteString.of("oci-layout"), 0644, Timestamp.EPOCH, MARKER.length, Digest.ofBytes(MARKER));
        OutputDirectory.write(destination, LayerIndex.of(List.of(marker)), _ -> new ByteArrayInputStream(MARKER));
    }
}
