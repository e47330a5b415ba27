package dev.jbuild.explain;

import dev.jbuild.oci.Digest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a step ran although the project was built before: the first of its inputs that differs, in the order in which a
/// person would look.
public sealed interface Cause {
    /// No build of this project is known.
    record FirstBuild() implements Cause {}

    /// The last build had no such instruction.
    record NewInstruction() implements Cause {}

    /// The user asked for it.
    ///
    /// @param option `--no-cache` or `--no-cache-filter`
    record NotCached(String option) implements Cause {}

    /// The result is too old.
    ///
    /// @param age of the result that is known
    /// @param limit that the user set
    record Expired(Duration age, Duration limit) implements Cause {}

    /// The instruction is written differently.
    record Command(String before, String after) implements Cause {}

    /// Something that an instruction before it says of all that follow.
    ///
    /// @param name `USER`, `WORKDIR` or `SHELL`
    record Setting(String name, String before, String after) implements Cause {}

    /// A variable that the step sees has another value.
    ///
    /// @param before null when it was not set
    /// @param after null when it is not set
    /// @param declared what gave it its value; null when that is not in the Dockerfile
    /// @param more how many further variables changed
    record Variable(
            String name,
            @Nullable String before,
            @Nullable String after,
            @Nullable Declaration declared,
            int more) implements Cause {}

    /// Files that it reads changed.
    ///
    /// @param place where they are: `the build context`
    /// @param changes the first of them, at least one
    /// @param more how many further ones changed; -1 when not all are known
    record Files(String place, List<FileChange> changes, int more) implements Cause {
        public Files {
            changes = List.copyOf(changes);
        }
    }

    /// The same name leads to another image.
    record BaseMoved(String name, Digest before, Digest after) implements Cause {}

    /// FROM names something else.
    record BaseReplaced(String before, String after) implements Cause {}

    /// A step that it stands on gave another result.
    ///
    /// @param step the first of them
    record Parent(String step) implements Cause {}

    /// A step that it stood on is gone.
    record ParentGone() implements Cause {}

    /// The result was known and is not any more.
    ///
    /// @param part what of it is missing: `record` or `layer`
    record Evicted(String part) implements Cause {}

    /// What the last build did is not known any more.
    record Forgotten() implements Cause {}
}
