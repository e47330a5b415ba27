package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a build of one stage can be given: arguments, secrets and agents.
///
/// @param stage null when it has no name
/// @param description what the comment above it says of it; empty for nothing
/// @param arguments by line, those that do not matter to the stage left out
/// @param secrets by line
/// @param agents of `--mount=type=ssh`, by line
/// @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#call">Calls of a frontend</a>
public record Outline(
        @Nullable String stage, String description, List<Argument> arguments, List<Need> secrets, List<Need> agents) {
    public Outline {
        arguments = List.copyOf(arguments);
        secrets = List.copyOf(secrets);
        agents = List.copyOf(agents);
    }

    /// A value of an ARG.
    ///
    /// @param description what the comment above it says of it; empty for nothing
    /// @param value as this build would have it; empty for none
    /// @param range of the ARG
    public record Argument(String name, String description, String value, SourceRange range) {}

    /// Something that a step asks for.
    ///
    /// @param required whether the step fails without it
    /// @param range of the first step that wants it
    public record Need(String id, boolean required, SourceRange range) {}
}
