package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.build.NamedContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextOptionTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @TempDir
    private Path layout;

    @BeforeEach
    void makeLayout() throws IOException {
        Files.writeString(layout.resolve("index.json"), "{}");
    }

    @Test
    void directoriesAndLayoutsAreToldApart() {
        assertThat(ContextOption.parse("src=" + layout))
                .isEqualTo(new ContextOption("src", new NamedContext.Directory(layout)));
        assertThat(ContextOption.parse("base=oci-layout://" + layout))
                .isEqualTo(new ContextOption("base", new NamedContext.OciLayout(layout, null)));
    }

    @Test
    void aLayoutMayHaveATagOrADigest() {
        assertThat(ContextOption.parse("base=oci-layout://" + layout + ":1.0").source())
                .isEqualTo(new NamedContext.OciLayout(layout, "1.0"));
        assertThat(ContextOption.parse("base=oci-layout://" + layout + "@" + DIGEST)
                        .source())
                .isEqualTo(new NamedContext.OciLayout(layout, DIGEST));
        assertThat(ContextOption.parse("base=oci-layout://" + layout + ":1.0@" + DIGEST)
                        .source())
                .isEqualTo(new NamedContext.OciLayout(layout, DIGEST));
    }

    @Test
    void namesMayBeImagesWithTags() {
        assertThat(ContextOption.parse("alpine:3.20=" + layout).name()).isEqualTo("alpine:3.20");
    }

    @Test
    void mistakesAreNamed() {
        assertMistake("base", "--build-context takes NAME=SOURCE, got 'base'");
        assertMistake("=x", "--build-context takes NAME=SOURCE, got '=x'");
        assertMistake("a=/nowhere", "--build-context 'a=/nowhere': no directory '/nowhere'");
        assertMistake(
                "a=docker-image://alpine",
                "--build-context 'a=docker-image://alpine': only a directory or oci-layout:// is supported yet");
        assertMistake(
                "a=oci-layout://" + layout + ":",
                "--build-context 'a=oci-layout://" + layout + ":' ends where a tag or digest should be");
    }

    @Test
    void aDirectoryThatIsNoLayoutIsRefused() throws IOException {
        Files.delete(layout.resolve("index.json"));

        assertMistake(
                "a=oci-layout://" + layout,
                "--build-context 'a=oci-layout://" + layout + "': '" + layout
                        + "' is no OCI layout, it has no index.json");
    }

    private static void assertMistake(String text, String message) {
        assertThatThrownBy(() -> ContextOption.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
