package dev.jbuild.check;

import dev.jbuild.build.DockerfileSource;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Dockerfile that is looked at, and what of a command line changes its meaning.
///
/// @param context directory whose ignore file counts
/// @param target null when none was named
/// @param platform null for that of this machine
public record Subject(
        Path context,
        Path dockerfile,
        @Nullable String target,
        Map<String, String> buildArguments,
        @Nullable Platform platform) {
    public Subject {
        buildArguments = new LinkedHashMap<>(buildArguments);
    }

    SourceFile read() throws IOException {
        return DockerfileSource.read(dockerfile);
    }

    FrontendOptions options() {
        var host = Platform.host();
        return new FrontendOptions(
                target, buildArguments, Map.of(), platform == null ? host : platform, host, FreshStages.NONE);
    }
}
