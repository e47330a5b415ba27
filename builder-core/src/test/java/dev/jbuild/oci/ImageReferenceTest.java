package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian:latest, debian",
        "debian:12, docker.io/library/debian:12, debian:12",
        "library/debian, docker.io/library/debian:latest, debian",
        "docker.io/debian, docker.io/library/debian:latest, debian",
        "index.docker.io/debian, docker.io/library/debian:latest, debian",
        "user/app, docker.io/user/app:latest, user/app",
        "library/a/b, docker.io/library/a/b:latest, library/a/b",
        "localhost/app, localhost/app:latest, localhost/app",
        "localhost:5000/app, localhost:5000/app:latest, localhost:5000/app",
        "host:5000/a/b:1, host:5000/a/b:1, host:5000/a/b:1",
        "Host/app, Host/app:latest, Host/app",
        "a.b/app, a.b/app:latest, a.b/app",
        "[::1]:5000/app:x, [::1]:5000/app:x, [::1]:5000/app:x",
        "127.0.0.1:5000/app, 127.0.0.1:5000/app:latest, 127.0.0.1:5000/app",
        "a__b/c--d.e_f:V_1.2-x, docker.io/a__b/c--d.e_f:V_1.2-x, a__b/c--d.e_f:V_1.2-x",
        "localhost, docker.io/library/localhost:latest, localhost",
    })
    void missingPartsAreFilledIn(String text, String full, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference).hasToString(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(ImageReference.parse(full)).isEqualTo(reference);
        assertThat(ImageReference.parse(familiar)).isEqualTo(reference);
    }

    @Test
    void digestDecidesAndNoTagIsInvented() {
        ImageReference pinned = ImageReference.parse("debian@sha256:" + HEX);
        assertThat(pinned).hasToString("docker.io/library/debian@sha256:" + HEX);
        assertThat(pinned.familiar()).isEqualTo("debian@sha256:" + HEX);
        assertThat(pinned.tag()).isNull();
        ImageReference both = ImageReference.parse("debian:12@sha256:" + HEX);
        assertThat(both.tag()).isEqualTo("12");
        assertThat(both.tagOrDigest()).isEqualTo("sha256:" + HEX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~| it is empty",
                "Debian| the repository name must be lower case",
                "a/B| the repository name must be lower case",
                "a//b| '' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "a/..| '..' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "../a| '..' is not a registry host",
                "a___b| 'a___b' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "a._b| 'a._b' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "-a| '-a' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "a-| 'a-' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "a/| '' is not a repository name; write lower-case letters and digits, separated by '.', '_', '__' or '-'",
                "h:99999/a| 'h:99999' is not a registry host",
                "h:x/a| 'h:x' is not a registry host",
                "u@h/a| what follows '@' is not a digest such as sha256:<64 hex digits>",
                "a@sha256:../..| what follows '@' is not a digest such as sha256:<64 hex digits>",
                "a@sha256:E3B0| what follows '@' is not a digest such as sha256:<64 hex digits>",
                "a@md5:00| what follows '@' is not a digest such as sha256:<64 hex digits>",
                "a:| the tag '' may only have letters, digits, '_', '.' and '-', at most 128, and not begin with '.' or '-'",
                "a:.x| the tag '.x' may only have letters, digits, '_', '.' and '-', at most 128, and not begin with '.' or '-'",
                "a:x y| the tag 'x y' may only have letters, digits, '_', '.' and '-', at most 128, and not begin with '.' or '-'",
                HEX + "| 64 hex digits are an image id, not a name",
            })
    void nonsenseIsRefused(String text, String problem) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage("invalid image reference '" + text + "': " + problem);
    }

    @Test
    void lengthsAreBounded() {
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(300)))
                .hasMessageEndingWith("the name is longer than 255 characters");
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).hasSize(128);
        assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
                .isInstanceOf(InvalidReferenceException.class);
    }
}
