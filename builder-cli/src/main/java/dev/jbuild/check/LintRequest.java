package dev.jbuild.check;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be checked, and how the findings are printed.
///
/// @param context directory whose ignore file counts
/// @param target stage to check with all it needs; null means all stages
public record LintRequest(
        Path context, Path dockerfile, @Nullable String target, Map<String, String> buildArguments, Format format) {
    /// How findings are printed.
    public enum Format {
        /// For people.
        TEXT,
        /// For tools, with the keys of BuildKit.
        JSON,
        /// Workflow commands, which GitHub shows beside the lines of a change.
        GITHUB
    }

    public LintRequest {
        buildArguments = new LinkedHashMap<>(buildArguments);
    }
}
