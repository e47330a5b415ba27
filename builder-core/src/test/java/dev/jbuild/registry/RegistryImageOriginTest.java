package dev.jbuild.registry;

import static dev.jbuild.testing.LocalRegistry.blobPath;
import static dev.jbuild.testing.LocalRegistry.bytes;
import static dev.jbuild.testing.LocalRegistry.manifestPath;
import static dev.jbuild.testing.LocalRegistry.redirect;
import static dev.jbuild.testing.LocalRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is asked beside the registry itself: mirrors, token servers, targets of redirects.
class RegistryImageOriginTest extends RegistryImageFixture {
    @Test
    void wrongConfigOfAMirrorIsReadFromTheRegistry() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.put(REPOSITORY, "12", IMAGE);
        String path = blobPath(REPOSITORY, IMAGE.config().digest());
        other.script(path, bytes("x/y", new byte[IMAGE.config().size()]));
        var mirrors = RegistryMirrors.parse(List.of(registry.host() + "=" + other.url()));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            assertThat(mirrored.image(reference()).resolve(AMD64).rawConfig()).isEqualTo(IMAGE.config());
        }
        assertThat(registry.requests(path)).hasSize(1);
    }

    @Test
    void mirrorIsAskedFirstAndTheRegistryWhenItFails() throws Exception {
        registry.put("prefix/" + REPOSITORY, "12", IMAGE);
        RegistryMirrors mirrors = RegistryMirrors.parse(
                List.of("docker.io=" + other.url() + "," + "docker.io=" + registry.url() + "/prefix/"));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            ImageSource source = mirrored.image(ImageReference.parse("debian:12"));
            assertThat(source.resolve(AMD64).manifest()).isEqualTo(IMAGE.manifest());
            assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        }
        assertThat(other.requests()).hasSize(1);
    }

    @Test
    void mirrorThatSendsWrongBytesIsAskedLastFromThenOn() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.put(REPOSITORY, "12", IMAGE);
        other.script(LAYER_PATH, bytes("x/y", new byte[LAYER.length]));
        var mirrors = RegistryMirrors.parse(List.of(registry.host() + "=" + other.url()));
        try (var mirrored = new RegistryClient(mirrors, QUICK)) {
            ImageSource source = mirrored.image(reference());
            source.resolve(AMD64);
            assertThatThrownBy(() -> read(source, IMAGE.layer(0))).isInstanceOf(CorruptContentException.class);
            assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        }
        assertThat(registry.requests(LAYER_PATH)).hasSize(1);
    }

    @Test
    void anonymousTokenIsFetchedAndStaysAtItsOrigin() throws Exception {
        registry.put(REPOSITORY, "12", IMAGE);
        other.putBlob(REPOSITORY, LAYER);
        String challenge = "Bearer realm=\"" + other.url() + "/token\",service=\"the registry\"";
        registry.script(TAG_PATH, exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            status(401).to(exchange);
        });
        other.script("/token", bytes("application/json", "{\"token\":\"abc\"}".getBytes(StandardCharsets.UTF_8)));
        registry.script(LAYER_PATH, redirect(307, other.url() + LAYER_PATH));
        ImageSource source = client.image(reference());
        source.resolve(AMD64);
        assertThat(read(source, IMAGE.layer(0))).isEqualTo(LAYER);
        assertThat(other.requests().getFirst().path())
                .isEqualTo("/token?service=the+registry&scope=repository%3Alibrary%2Fdebian%3Apull");
        assertThat(registry.requests(LAYER_PATH).getFirst().headers()).containsEntry("authorization", "Bearer abc");
        assertThat(other.requests())
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void tokenServerElsewhereIsNotAskedWithoutTls() {
        registry.script(TAG_PATH, exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"http://169.254.169.254/token\"");
            status(401).to(exchange);
        });
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("no token: realm http://169.254.169.254/token is not one of HTTPS");
    }

    @Test
    void redirectsAreBoundedAndChecked() {
        for (int i = 0; i < 20; i++) {
            registry.script(TAG_PATH, redirect(302, TAG_PATH));
        }
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("more than 10 redirects");
        assertThat(registry.requests(TAG_PATH)).hasSize(11);
        String elsewhere = manifestPath(REPOSITORY, "file");
        registry.script(elsewhere, redirect(302, "file:///etc/passwd"));
        assertThatThrownBy(() -> client.image(ImageReference.parse(registry.host() + "/" + REPOSITORY + ":file"))
                        .resolve(AMD64))
                .hasMessageContaining("a redirect to file:///etc/passwd");
    }

    @Test
    void secretsInRedirectsAreNotTold() {
        registry.script(TAG_PATH, redirect(302, "http://user:pass@" + other.host() + "/x?X-Signature=secret"));
        assertThatThrownBy(() -> client.image(reference()).resolve(AMD64))
                .hasMessageContaining("a redirect to http://" + other.host() + "/x?...")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("pass", "secret"));
    }
}
