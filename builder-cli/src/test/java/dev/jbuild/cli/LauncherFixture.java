package dev.jbuild.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script in a checkout of its own, with a pretended JDK and Maven.
@Timeout(120)
abstract class LauncherFixture {
    @TempDir
    private Path directory;

    FakeCheckout fake;

    @BeforeEach
    void makeCheckout() throws IOException {
        fake = new FakeCheckout(directory);
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
