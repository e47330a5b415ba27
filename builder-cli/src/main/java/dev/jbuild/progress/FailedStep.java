package dev.jbuild.progress;

import java.util.List;

/// A step that failed, with what it said last.
///
/// @param name what the user calls it
/// @param lines its last lines, oldest first, each with its time and without a line end
public record FailedStep(String name, List<byte[]> lines) {
    public FailedStep {
        lines = List.copyOf(lines);
    }
}
