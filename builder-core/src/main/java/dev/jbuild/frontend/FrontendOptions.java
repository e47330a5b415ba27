package dev.jbuild.frontend;

import dev.jbuild.oci.Platform;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user decides about a build beside the Dockerfile.
///
/// @param target stage to build; null means the last one
/// @param buildArguments values of ARGs
/// @param namedSources by the name that FROM and `COPY --from` use
/// @param platform of the image, and of every stage that asks for no other
/// @param buildPlatform of this machine, `$BUILDPLATFORM`
/// @param fresh stages whose steps run although their results may be known
public record FrontendOptions(
        @Nullable String target,
        Map<String, String> buildArguments,
        Map<String, NamedSource> namedSources,
        Platform platform,
        Platform buildPlatform,
        FreshStages fresh) {
    public FrontendOptions {
        buildArguments = Collections.unmodifiableMap(new LinkedHashMap<>(buildArguments));
        namedSources = Collections.unmodifiableMap(new LinkedHashMap<>(namedSources));
    }

    /// {@return the same with nothing known of the images that the user gave}
    FrontendOptions offline() {
        var named = new LinkedHashMap<>(namedSources);
        named.replaceAll(OfflineImages::named);
        return new FrontendOptions(target, buildArguments, named, platform, buildPlatform, fresh);
    }
}
