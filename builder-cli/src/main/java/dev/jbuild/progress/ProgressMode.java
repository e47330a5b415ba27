package dev.jbuild.progress;

/// What the user chose with `--progress`.
public enum ProgressMode {
    /// A live view on a terminal, otherwise plain.
    AUTO,
    /// One line after the other, as for a log file.
    PLAIN,
    /// Nothing but errors.
    QUIET
}
