package dev.jbuild.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which jbuild this is.
final class Version {
    private Version() {}

    static String text() {
        try (var stream = Version.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return "jbuild " + properties.getProperty("version", "of unknown version") + " (Java "
                    + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor") + ")";
        } catch (IOException damaged) {
            throw new UncheckedIOException("reading version.properties", damaged);
        }
    }
}
