package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.ReadPart;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Plans a Dockerfile.
public final class Frontend {
    private Frontend() {}

    /// {@return what has to be done for the target stage, and what its image says}
    ///
    /// Only stages that the target reaches are looked at, and only their images are resolved: the one use of
    /// the network, after [#checkAlone].
    ///
    /// @throws DockerfileException when the file asks for something that does not exist or makes no sense
    /// @throws IOException when an image cannot be read
    public static BuildDefinition define(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages)
            throws IOException, InterruptedException {
        checkAlone(dockerfile, options);
        return define(dockerfile, options, baseImages, PlanChecks.none());
    }

    /// Looks for everything that is wrong with the target whatever its images are, so that nobody waits for a registry
    /// to
    /// hear of a typing error.
    ///
    /// @throws DockerfileException with all of it
    public static void checkAlone(Dockerfile dockerfile, FrontendOptions options)
            throws IOException, InterruptedException {
        stages(ReadPart.whole(dockerfile), options.offline(), OfflineImages.unknown(), PlanChecks.none())
                .target();
    }

    /// {@return the same, while the build checks look on} The caller asks [#checkAlone] before its images ask a
    /// registry.
    ///
    /// @param checks find what they find before anything is thrown, too
    public static BuildDefinition define(
            Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages, PlanChecks checks)
            throws IOException, InterruptedException {
        Stages stages = stages(ReadPart.whole(dockerfile), options, baseImages, checks);
        StagePlan target = stages.target();
        return new BuildDefinition(target.root(), target.image(stages.epoch()));
    }

    /// Plans for the sake of the checks alone: the target and what it reaches if there is one, otherwise all stages.
    ///
    /// @throws DockerfileException as [#define(Dockerfile, FrontendOptions, BaseImages)] does
    public static void check(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages, PlanChecks checks)
            throws IOException, InterruptedException {
        check(stages(ReadPart.whole(dockerfile), options, baseImages, checks), options);
    }

    private static void check(Stages stages, FrontendOptions options) throws IOException, InterruptedException {
        if (options.target() == null) {
            stages.all();
        } else {
            stages.target();
        }
    }

    /// {@return what is wrong with a file that cannot be read, and what shows in the rest of it, without the
    /// instructions that are wrong}
    ///
    /// @param everyStage whether stages count that the target does not need, when none is named
    public static DockerfileException withRest(DockerfileException problem, FrontendOptions options, boolean everyStage)
            throws IOException, InterruptedException {
        @Nullable ReadPart rest = problem.rest();
        if (rest == null) {
            return problem;
        }
        try {
            Stages stages = stages(rest, options.offline(), OfflineImages.unknown(), PlanChecks.none());
            if (everyStage) {
                check(stages, options);
            } else {
                stages.target();
            }
            return problem;
        } catch (DockerfileException more) {
            // The target may be among what cannot be read.
            return problem.with(more.diagnostics().stream()
                    .filter(each -> !rest.lacksStages() || !each.rule().equals(StageReferences.UNKNOWN_TARGET))
                    .toList());
        }
    }

    /// {@return what a build of the target can be given}
    ///
    /// @throws DockerfileException as [#define(Dockerfile, FrontendOptions, BaseImages)] does
    public static Outline outline(Dockerfile dockerfile, FrontendOptions options, BaseImages baseImages)
            throws IOException, InterruptedException {
        PlanChecks checks = PlanChecks.none();
        Stages stages = stages(ReadPart.whole(dockerfile), options, baseImages, checks);
        StagePlan target = stages.target();
        return new Outlining(dockerfile, GlobalArguments.of(dockerfile.globalArgs(), options), checks.declared())
                .of(stages.targetLine(), target.root());
    }

    private static Stages stages(ReadPart file, FrontendOptions options, BaseImages baseImages, PlanChecks checks) {
        Dockerfile dockerfile = file.dockerfile();
        GlobalArguments globals = GlobalArguments.of(dockerfile.globalArgs(), options);
        if (file.lacksState()) {
            globals.unknown().addUnset();
        }
        new FromChecks(dockerfile, globals, checks.findings()).check(defaults(dockerfile, options));
        var images = new Images(dockerfile.source().name(), options, baseImages);
        new OwnFromChecks(dockerfile, globals, images, checks.findings()).check();
        return new Stages(file, options, globals, images, checks);
    }

    private static @Nullable GlobalArguments defaults(Dockerfile dockerfile, FrontendOptions options) {
        var defaults = GlobalArguments.defaults(dockerfile.globalArgs(), options);
        // An ARG that wants a value: with the one that was given there may be nothing wrong.
        return defaults.problems().isEmpty() ? defaults : null;
    }
}
