package dev.jbuild.check;

/// What is to be told of a Dockerfile.
///
/// @param json whether for tools instead of people
public record DescriptionRequest(Subject subject, Topic topic, boolean json) {
    /// What there is to tell.
    public enum Topic {
        /// What a build of the target can be given.
        OUTLINE,
        /// Which stages can be built.
        TARGETS
    }
}
