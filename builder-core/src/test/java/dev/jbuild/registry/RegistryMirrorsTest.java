package dev.jbuild.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryMirrorsTest {
    @Test
    void mirrorsAreAskedInOrderAndTheRegistryLast() {
        RegistryMirrors mirrors = RegistryMirrors.parse(
                List.of("docker.io=http://127.0.0.1:5000, docker.io=m.example/cache/,", "q.io=x.y"));
        assertThat(mirrors.endpoints("docker.io"))
                .extracting(endpoint -> endpoint.base().toString())
                .containsExactly("http://127.0.0.1:5000", "https://m.example/cache", "https://registry-1.docker.io");
        assertThat(mirrors.endpoints("docker.io").get(1).locate("library/a", "manifests", "1"))
                .hasToString("https://m.example/v2/cache/library/a/manifests/1");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000, http://localhost:5000",
        "127.0.0.1, http://127.0.0.1",
        "[::1]:5000, http://[::1]:5000",
        "ghcr.io, https://ghcr.io",
        "127.0.0.1.example.com, https://127.0.0.1.example.com",
    })
    void onlyThisMachineIsTalkedToInTheClear(String registry, String base) {
        assertThat(RegistryEndpoint.ofRegistry(registry).base()).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "=http://a",
                "docker.io=",
                "a=ftp://b",
                "a=http://u:p@b",
                "a=http://b?c",
                "a=http://b c"
            })
    void nonsenseIsRefused(String option) {
        assertThatThrownBy(() -> RegistryMirrors.parse(List.of(option)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid registry mirror '" + option
                        + "': write REGISTRY=ADDRESS, such as docker.io=http://127.0.0.1:5000");
    }
}
