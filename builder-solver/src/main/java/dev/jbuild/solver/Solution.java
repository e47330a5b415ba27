package dev.jbuild.solver;

import dev.jbuild.operation.Rootfs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a vertex came to.
///
/// @param created when its layer was made, by this build or an earlier one; null for a base, which tells itself
public record Solution(Rootfs rootfs, @Nullable Instant created) {}
