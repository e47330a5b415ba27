package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans a Dockerfile.
public final class Frontend {
    private Frontend() {}

    /// {@return what has to be done for the target stage, and what its image says}
    ///
    /// Only stages that the target reaches are looked at, and only their images are resolved: the one use of
    /// the network.
    ///
    /// @throws DockerfileException when the file asks for something that does not exist or makes no sense
    /// @throws IOException when an image cannot be read
    public static BuildDefinition define(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages)
            throws IOException, InterruptedException {
        return define(dockerfile, options, baseImages, PlanChecks.none());
    }

    /// {@return the same, while the build checks look on}
    ///
    /// @param checks find what they find before anything is thrown, too
    public static BuildDefinition define(
            Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages, PlanChecks checks)
            throws IOException, InterruptedException {
        Stages stages = stages(dockerfile, options, baseImages, checks);
        StagePlan target = stages.target();
        return new BuildDefinition(target.root(), target.image(stages.epoch()));
    }

    /// Plans for the sake of the checks alone: the target and what it reaches if there is one, otherwise all stages.
    ///
    /// @throws DockerfileException as [#define(Dockerfile, FrontendOptions, BaseImages)] does
    public static void check(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages, PlanChecks checks)
            throws IOException, InterruptedException {
        Stages stages = stages(dockerfile, options, baseImages, checks);
        if (options.target() == null) {
            stages.all();
        } else {
            stages.target();
        }
    }

    /// {@return what a build of the target can be given}
    ///
    /// @throws DockerfileException as [#define(Dockerfile, FrontendOptions, BaseImages)] does
    public static Outline outline(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages)
            throws IOException, InterruptedException {
        PlanChecks checks = PlanChecks.none();
        Stages stages = stages(dockerfile, options, baseImages, checks);
        StagePlan target = stages.target();
        return new Outlining(dockerfile, globals(dockerfile, options), checks.declared())
                .of(stages.targetLine(), target.root());
    }

    private static Stages stages(
            Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages, PlanChecks checks) {
        GlobalArguments globals = globals(dockerfile, options);
        new FromChecks(dockerfile, globals, checks.findings()).check(defaults(dockerfile, options));
        var images = new Images(dockerfile.source().name(), options, baseImages);
        new OwnFromChecks(dockerfile, globals, images, checks.findings()).check();
        return new Stages(dockerfile, options, globals, images, checks);
    }

    private static @Nullable GlobalArguments defaults(Dockerfile dockerfile, FrontendOptions options) {
        try {
            return GlobalArguments.defaults(dockerfile.globalArgs(), options);
        } catch (ExpansionException _) {
            // An ARG that wants a value: with the one that was given there may be nothing wrong.
            return null;
        }
    }

    private static GlobalArguments globals(Dockerfile dockerfile, FrontendOptions options) {
        try {
            return GlobalArguments.of(dockerfile.globalArgs(), options);
        } catch (ExpansionException problem) {
            throw new DockerfileException(
                    dockerfile.source(),
                    List.of(Diagnostic.error("no-value", problem.range(), String.valueOf(problem.getMessage()), null)));
        }
    }
}
