package dev.jbuild.copy;

/// Something that is allowed but most likely not meant.
///
/// @param message for the user
public record CopyWarning(Kind kind, String message) {
    /// What is odd.
    public enum Kind {
        /// A pattern that matched nothing, so nothing was copied.
        NO_MATCH,
        /// An archive with something that was left out or could be meant in two ways.
        ARCHIVE
    }
}
