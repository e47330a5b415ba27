package dev.jbuild.integration;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// What a test needs of the machine. Without it the test is skipped and says so; in CI it fails.
final class Needs {
    private Needs() {}

    static void root() {
        if (!"root".equals(System.getProperty("user.name"))) {
            missing("needs root");
        }
    }

    static void tools(String... names) {
        for (String name : names) {
            if (find(name) == null) {
                missing("needs the program " + name);
            }
        }
    }

    static void missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    static Path find(String name) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            Path file = Path.of(directory, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }
}
