package dev.jbuild.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CacheLimitTest {
    @TempDir
    Path temporary;

    private Optional<Collection> enforce(String limit) throws Exception {
        try (StateDirectory state = StateDirectory.open(temporary.resolve("state"))) {
            return CacheLimit.of(limit).enforce(state);
        }
    }

    private void build(int steps) throws Exception {
        try (Store store = new StoreFixture(temporary.resolve("state")).open()) {
            Object ignored = StoreFixture.build(store, "", steps);
        }
    }

    @Test
    void theStoreIsBelowItsLimitAfterEachBuild() throws Exception {
        for (int steps = 5; steps < 40; steps += 5) {
            build(steps);
            Object ignored = enforce("1MB");
            assertThat(new StoreFixture(temporary.resolve("state")).inventory().bytes())
                    .isLessThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void aStoreToWhichNothingCameIsNotMeasuredAgain() throws Exception {
        build(2);
        assertThat(enforce("1GB")).isEmpty();
        assertThat(temporary.resolve("state/v1/measured")).exists();
        assertThat(enforce("1")).isEmpty();
        build(3);
        assertThat(temporary.resolve("state/v1/measured")).doesNotExist();
        assertThat(enforce("1")).isPresent();
    }

    @Test
    void offMeansNever() throws Exception {
        build(2);
        assertThat(enforce("off")).isEmpty();
        assertThat(Files.exists(temporary.resolve("state/v1/measured"))).isFalse();
        assertThatThrownBy(() -> CacheLimit.of("much")).isInstanceOf(PolicyException.class);
    }
}
