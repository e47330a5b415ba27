package dev.jbuild.context;

import dev.jbuild.layer.LayerEntry;
import org.jspecify.annotations.Nullable;

/// Knows which files of a tree are hard links of each other.
public interface Inodes {
    /// {@return what all links of a file have in common, equal for no other file; null when it has no second link}
    @Nullable
    Object inode(LayerEntry file);
}
