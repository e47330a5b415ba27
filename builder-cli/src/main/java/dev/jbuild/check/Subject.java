package dev.jbuild.check;

import dev.jbuild.build.DockerfileSource;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.frontend.NamedSource;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Dockerfile that is looked at, and what of a command line changes its meaning.
///
/// @param context directory whose ignore file counts
/// @param target null when none was named
/// @param platform null for that of this machine
/// @param contextNames what FROM and `--from` may name beside stages and images
public record Subject(
        Path context,
        Path dockerfile,
        @Nullable String target,
        Map<String, String> buildArguments,
        @Nullable Platform platform,
        Set<String> contextNames) {
    public Subject {
        buildArguments = new LinkedHashMap<>(buildArguments);
        contextNames = Set.copyOf(contextNames);
    }

    SourceFile read() throws IOException {
        return DockerfileSource.read(dockerfile);
    }

    FrontendOptions options() {
        var host = Platform.host();
        var named = new LinkedHashMap<String, NamedSource>();
        // What is in it does not matter; nobody asks.
        contextNames.forEach(name -> named.put(name, new NamedSource.Files(name)));
        return new FrontendOptions(
                target, buildArguments, named, platform == null ? host : platform, host, FreshStages.NONE);
    }
}
