package dev.jbuild.dockerfile;

import java.util.List;

/// A whole Dockerfile, as written.
///
/// @param globalArgs the ARGs before the first FROM
/// @param stages at least one
/// @param warnings in the order of the file; never an error
public record Dockerfile(
        SourceFile source,
        Directives directives,
        List<Instruction.Arg> globalArgs,
        List<Stage> stages,
        List<Diagnostic> warnings) {
    public Dockerfile {
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a Dockerfile without a stage");
        }
    }

    /// Reads a file.
    ///
    /// @throws DockerfileException with everything that is wrong with it
    public static Dockerfile parse(SourceFile source) {
        return new DockerfileReader(source).read();
    }

    /// Reads one trigger that ONBUILD stored in an image's configuration; `source` holds its text alone,
    /// here-documents included, and a name that says where it comes from. The escape character is `\`.
    ///
    /// @throws DockerfileException if the text is not one instruction that may be a trigger
    public static Instruction parseTrigger(SourceFile source) {
        return new DockerfileReader(source).readTrigger();
    }
}
