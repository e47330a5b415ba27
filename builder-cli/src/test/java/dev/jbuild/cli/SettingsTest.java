package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void theStoreIsWhereTheUserKeepsSuchThings() {
        assertThat(store(Map.of("JBUILD_ROOT", "/x"), "0", "/root")).isEqualTo(Path.of("/x"));
        assertThat(store(Map.of("JBUILD_ROOT", ""), "0", "/root")).isEqualTo(Path.of("/var/lib/jbuild"));
        assertThat(store(Map.of(), "1000", "/home/u")).isEqualTo(Path.of("/home/u/.cache/jbuild"));
        assertThat(store(Map.of("XDG_CACHE_HOME", "/c"), "1000", "/home/u")).isEqualTo(Path.of("/c/jbuild"));
        // The XDG base directory specification: a relative path is invalid and ignored.
        assertThat(store(Map.of("XDG_CACHE_HOME", "c"), "1000", "/home/u")).isEqualTo(Path.of("/home/u/.cache/jbuild"));
        assertThatThrownBy(() -> store(Map.of(), "1000", ""))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no home directory to keep the store in");
    }

    private static Path store(Map<String, String> environment, String user, String home) {
        return new Settings(environment, user, home, "").stateDirectory();
    }
}
