package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The time that nothing in an image is later than, when the user or the file names one.
///
/// @see <a href="https://reproducible-builds.org/specs/source-date-epoch/">SOURCE_DATE_EPOCH</a>
final class SourceDateEpoch {
    static final String NAME = "SOURCE_DATE_EPOCH";

    private SourceDateEpoch() {}

    /// {@return the time, or null when there is none: not given, given as empty, or the context's, whose files have
    /// no common time}
    ///
    /// @throws DockerfileException when it is no number of seconds
    static @Nullable Instant of(Dockerfile dockerfile, FrontendOptions options, GlobalArguments globals) {
        @Nullable String given = options.buildArguments().get(NAME);
        @Nullable String text = given == null ? globals.value(NAME) : given;
        if (text == null || text.isEmpty() || isDirectory(text, options)) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeException notSeconds) {
            throw new DockerfileException(
                    dockerfile.source(),
                    List.of(Diagnostic.error(
                            "invalid-epoch",
                            dockerfile.stages().getFirst().from().range(),
                            "invalid " + NAME + ": " + text,
                            "seconds since 1970, for example " + NAME + "=$(git log -1 --pretty=%ct)")));
        }
    }

    private static boolean isDirectory(String name, FrontendOptions options) {
        return name.equals("context") || options.namedSources().get(name) instanceof NamedSource.Files;
    }
}
