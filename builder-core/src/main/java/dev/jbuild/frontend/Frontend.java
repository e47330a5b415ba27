package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import java.io.IOException;
import java.util.List;

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
        GlobalArguments globals = globals(dockerfile, options);
        var stages = new Stages(
                dockerfile, options, globals, new Images(dockerfile.source().name(), options, baseImages));
        StagePlan target = stages.target();
        return new BuildDefinition(target.root(), target.image());
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
