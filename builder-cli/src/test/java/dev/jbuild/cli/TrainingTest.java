package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(directory).isDirectoryNotContaining("glob:**/*bug*");
    }
}
