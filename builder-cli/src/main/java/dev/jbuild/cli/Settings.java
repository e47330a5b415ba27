package dev.jbuild.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The surroundings of a run: the environment, and what the launcher passes on in system properties because the
/// process no longer sees it (inside its user namespace everybody is root).
///
/// @param environment as the user has it
/// @param userId of the user who started jbuild
/// @param home their home directory, empty when unknown
/// @param terminalType value of `TERM` when standard error is a terminal, otherwise empty
record Settings(Map<String, String> environment, String userId, String home, String terminalType) {
    private static final String LOCALE = "LC_ALL";

    static Settings ofThisProcess() {
        var environment = new HashMap<>(System.getenv());
        var userLocale = System.getProperty("jbuild.lc_all");
        if (userLocale != null && userLocale.isEmpty()) {
            environment.remove(LOCALE);
        } else if (userLocale != null) {
            environment.put(LOCALE, userLocale);
        }
        return new Settings(
                environment,
                System.getProperty("jbuild.uid", ""),
                System.getProperty("jbuild.home", System.getProperty("user.home", "")),
                System.getProperty("jbuild.terminal", ""));
    }

    /// {@return where everything between builds is kept}
    ///
    /// @param named on the command line; null when it was not
    Path stateDirectory(@Nullable Path named) {
        return named == null ? stateDirectory() : named;
    }

    /// {@return where everything between builds is kept, unless the command line says otherwise}
    Path stateDirectory() {
        var root = environment.getOrDefault("JBUILD_ROOT", "");
        if (!root.isEmpty()) {
            return Path.of(root);
        }
        if (userId.equals("0")) {
            return Path.of("/var/lib/jbuild");
        }
        var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (cache.startsWith("/")) {
            return Path.of(cache, "jbuild");
        }
        if (home.isEmpty()) {
            throw new UsageException(
                    "there is no home directory to keep the store in", "set JBUILD_ROOT or use --root");
        }
        return Path.of(home, ".cache", "jbuild");
    }
}
