package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.cache.Store;
import dev.jbuild.oci.Platform;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TrainingTest {
    @Test
    void buildsReallyAndStaysInItsDirectory(@TempDir Path directory) throws Exception {
        Training.main(new String[] {directory.toString()});

        assertThat(directory.resolve("layout/index.json")).exists();
        assertThat(directory.resolve("store")).isDirectoryRecursivelyContaining("glob:**/index");
        try (var store = Store.open(directory.resolve("store"))) {
            assertThat(store.images().list()).containsKey("docker.io/library/app:latest");
            assertThat(store.pins().find("docker.io/library/training:latest for " + Platform.host()))
                    .as("a pulled image")
                    .isPresent();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**/*bug*");
    }
}
