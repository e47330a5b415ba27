package dev.jbuild.image;

import dev.jbuild.linux.ByteString;

/// A file under `refs/`, as it lies there.
public sealed interface StoredName {
    /// {@return its path in the state directory}
    ByteString path();

    /// An image under a name.
    ///
    /// @param name a tag, or the digest of the config when it has none
    record Image(ByteString path, String name, LocalImage image) implements StoredName {
        /// {@return whether somebody gave it a name}
        public boolean isTagged() {
            return !name.equals(image.config().digest().toString());
        }
    }

    /// What the name of a base image was.
    record Base(ByteString path, String name, Pin pin) implements StoredName {}

    /// What is known of something else that can be found out again.
    record Memo(ByteString path, String kind) implements StoredName {}

    /// Something of a later version, which is left alone.
    record Foreign(ByteString path) implements StoredName {}

    /// Something that cannot be read.
    record Damaged(ByteString path) implements StoredName {}
}
