package dev.jbuild.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `RUN --mount=type=<type>,<key>=<value>,...`: something mounted for one step.
///
/// Which keys there are depends on the type, and values are expanded before they mean anything, so what is asked for
/// is known when the step is planned.
///
/// @param options in the order written, which matters: some keys are only allowed after their type
public record RunMount(List<Option> options, SourceRange range) {
    public RunMount {
        options = List.copyOf(options);
    }

    /// One key of a mount.
    ///
    /// @param key lower case, as written: aliases such as `src` and `dst` are not resolved
    /// @param value null when there is no `=`
    public record Option(Text key, @Nullable Word value) {}
}
