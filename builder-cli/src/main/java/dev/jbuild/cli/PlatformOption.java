package dev.jbuild.cli;

import dev.jbuild.oci.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `--platform`: what the image is for.
final class PlatformOption {
    private static final String VARIABLE = "DOCKER_DEFAULT_PLATFORM";

    private PlatformOption() {}

    /// {@return the platform that was asked for, null for that of this machine}
    ///
    /// @param option null when not given: then `environment` may name one
    static @Nullable Platform parse(@Nullable String option, Map<String, String> environment) {
        var source = option == null ? VARIABLE : "--platform";
        var text = option == null ? environment.getOrDefault(VARIABLE, "") : option;
        if (text.equals("local") || (text.isEmpty() && option == null)) {
            return null;
        }
        if (text.indexOf(',') >= 0) {
            throw new UsageException(
                    source + " '" + text + "': several platforms at once are not supported yet", "name one");
        }
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException invalid) {
            throw new UsageException(source + ": " + invalid.getMessage(), "for example linux/arm64");
        }
    }
}
