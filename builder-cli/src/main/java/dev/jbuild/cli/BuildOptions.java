package dev.jbuild.cli;

import dev.jbuild.progress.ProgressMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of a build, as typed. Names and meaning are those of `docker buildx build`.
///
/// @param contexts what stood where the context belongs, so that a wrong number can be said
record BuildOptions(
        List<String> contexts,
        @Nullable String file,
        @Nullable String target,
        @Nullable String platform,
        List<String> buildArguments,
        List<String> buildContexts,
        List<String> tags,
        List<String> outputs,
        @Nullable String imageIdFile,
        @Nullable String metadataFile,
        boolean noCache,
        List<String> noCacheStages,
        @Nullable Duration longestCached,
        boolean pull,
        boolean reproducible,
        List<String> registryMirrors,
        @Nullable Path root,
        ProgressMode progress,
        boolean explain,
        boolean quiet,
        boolean debug) {
    /// {@return the value of each ARG that the command line or `environment` gives}
    Map<String, String> buildArguments(Map<String, String> environment) {
        return values(buildArguments, environment);
    }

    /// {@return the value of each of `arguments`, and of what `environment` gives without being asked}
    static Map<String, String> values(List<String> arguments, Map<String, String> environment) {
        var values = new LinkedHashMap<String, String>();
        var epoch = environment.get("SOURCE_DATE_EPOCH");
        if (epoch != null) {
            values.put("SOURCE_DATE_EPOCH", epoch);
        }
        for (var argument : arguments) {
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.isEmpty()) {
                throw new UsageException("--build-arg takes NAME or NAME=VALUE, got '" + argument + "'", null);
            }
            var value = equals < 0 ? environment.get(name) : argument.substring(equals + 1);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
