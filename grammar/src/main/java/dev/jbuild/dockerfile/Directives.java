package dev.jbuild.dockerfile;

import org.jspecify.annotations.Nullable;

/// The `# name=value` lines at the top of a file.
///
/// @param escape `\` or a backquote: what joins lines and takes the meaning off a character
/// @param syntax the frontend image the file asks for, and what follows it
/// @param check options of the build checks
public record Directives(
        char escape, @Nullable Text syntax, @Nullable Text check) {

    private static final String HUB = "docker.io/";
    private static final String FRONTEND = "docker/dockerfile";

    /// Returns the frontend image that the file asks for, or null.
    public @Nullable String frontend() {
        if (syntax == null) {
            return null;
        }
        var blank = syntax.value().indexOf(' ');
        return blank < 0 ? syntax.value() : syntax.value().substring(0, blank);
    }

    /// Returns whether the file asks for another language than the one that is read here: that of every version of
    /// the image `docker/dockerfile`.
    boolean areForeign() {
        var frontend = frontend();
        if (frontend == null || frontend.equals("dockerfile.v0")) {
            return false;
        }
        var name = frontend.startsWith(HUB) ? frontend.substring(HUB.length()) : frontend;
        if (!name.startsWith(FRONTEND)) {
            return true;
        }
        // A tag, a digest, or one of the images beside it: docker/dockerfile-upstream.
        return name.length() > FRONTEND.length() && ":@-".indexOf(name.charAt(FRONTEND.length())) < 0;
    }
}
