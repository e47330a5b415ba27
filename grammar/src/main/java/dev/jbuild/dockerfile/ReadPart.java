package dev.jbuild.dockerfile;

/// What of a file could be read: all of it, or what is left without the instructions that are wrong.
///
/// @param lacksState whether something that sets variables or the directory may be among what is left out
/// @param lacksStages whether a FROM may be among it, so that names and numbers mean other stages
public record ReadPart(Dockerfile dockerfile, boolean lacksState, boolean lacksStages) {
    /// Returns a file in which nothing is wrong.
    public static ReadPart whole(Dockerfile dockerfile) {
        return new ReadPart(dockerfile, false, false);
    }
}
