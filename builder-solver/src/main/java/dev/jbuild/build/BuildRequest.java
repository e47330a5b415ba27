package dev.jbuild.build;

import dev.jbuild.frontend.FreshStages;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user asked for, checked for shape but not yet against any file.
///
/// @param context directory that COPY and ADD read from
/// @param dockerfile file to build; null means `Dockerfile` in the context
/// @param target name of the stage to build; null means the last one
/// @param buildArguments values of ARGs by name, in the order given
/// @param namedContexts further sources by name, in the order given
/// @param tags names of the image in the local store and in the output
/// @param outputs where results go beside the local store
/// @param platform of the image; null means that of this machine
/// @param fresh stages whose steps run although their results are known
/// @param longestCached how old a result may be to be used; null means any age
/// @param pull whether registries are asked again what a known tag is
/// @param reproducible whether the image is to be the same wherever and whenever it is built
public record BuildRequest(
        Path context,
        @Nullable Path dockerfile,
        @Nullable String target,
        Map<String, String> buildArguments,
        Map<String, NamedContext> namedContexts,
        List<ImageReference> tags,
        List<Output> outputs,
        @Nullable Platform platform,
        FreshStages fresh,
        @Nullable Duration longestCached,
        boolean pull,
        boolean reproducible) {
    public BuildRequest {
        buildArguments = Collections.unmodifiableMap(new LinkedHashMap<>(buildArguments));
        namedContexts = Collections.unmodifiableMap(new LinkedHashMap<>(namedContexts));
        tags = List.copyOf(tags);
        outputs = List.copyOf(outputs);
    }

    /// {@return the name of what is built, for people: the same for two builds of one project}
    public String project() {
        Path file = dockerfile == null ? context.resolve("Dockerfile") : dockerfile;
        return file.toAbsolutePath().normalize()
                + " in "
                + context.toAbsolutePath().normalize()
                + (target == null ? "" : ", target " + target)
                + (platform == null ? "" : ", platform " + platform);
    }

    /// {@return a builder of a request for everything in `context`}
    public static Builder of(Path context) {
        return new Builder(context);
    }

    /// Collects the optional parts of a request.
    public static final class Builder {
        private final Path context;
        private @Nullable Path dockerfile;
        private @Nullable String target;
        private final Map<String, String> buildArguments = new LinkedHashMap<>();
        private final Map<String, NamedContext> namedContexts = new LinkedHashMap<>();
        private final List<ImageReference> tags = new ArrayList<>();
        private final List<Output> outputs = new ArrayList<>();
        private @Nullable Platform platform;
        private FreshStages fresh = FreshStages.NONE;
        private @Nullable Duration longestCached;
        private boolean pull;
        private boolean reproducible;

        private Builder(Path context) {
            this.context = context;
        }

        public Builder dockerfile(@Nullable Path file) {
            dockerfile = file;
            return this;
        }

        public Builder target(@Nullable String stage) {
            target = stage;
            return this;
        }

        public Builder buildArgument(String name, String value) {
            buildArguments.put(name, value);
            return this;
        }

        public Builder namedContext(String name, NamedContext source) {
            namedContexts.put(name, source);
            return this;
        }

        public Builder tag(ImageReference tag) {
            tags.add(tag);
            return this;
        }

        public Builder output(Output output) {
            outputs.add(output);
            return this;
        }

        public Builder platform(@Nullable Platform wanted) {
            platform = wanted;
            return this;
        }

        public Builder fresh(FreshStages stages) {
            fresh = stages;
            return this;
        }

        public Builder longestCached(@Nullable Duration age) {
            longestCached = age;
            return this;
        }

        public Builder pull(boolean value) {
            pull = value;
            return this;
        }

        public Builder reproducible(boolean value) {
            reproducible = value;
            return this;
        }

        public BuildRequest build() {
            return new BuildRequest(
                    context,
                    dockerfile,
                    target,
                    buildArguments,
                    namedContexts,
                    tags,
                    outputs,
                    platform,
                    fresh,
                    longestCached,
                    pull,
                    reproducible);
        }
    }
}
