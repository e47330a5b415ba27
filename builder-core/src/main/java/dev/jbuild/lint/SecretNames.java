package dev.jbuild.lint;

import java.util.List;
import java.util.Locale;

/// Tells by its name that a variable holds a secret.
public final class SecretNames {
    private static final List<String> SECRET = List.of(
            "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token");

    /// Words that say the value is no secret: `PUBLIC_KEY`, `PASSWORD_FILE`, `AUTH_VERSION`.
    private static final List<String> HARMLESS = List.of("public", "file", "version");

    private SecretNames() {}

    /// Whether one of the words of a name, joined with `_`, says that its value is secret.
    public static boolean contains(String name) {
        var secret = false;
        for (var word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            if (HARMLESS.contains(word)) {
                return false;
            }
            secret |= SECRET.contains(word);
        }
        return secret;
    }
}
