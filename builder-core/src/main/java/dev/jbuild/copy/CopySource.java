package dev.jbuild.copy;

import dev.jbuild.linux.ByteString;

/// One source of COPY or ADD.
public sealed interface CopySource {
    /// A file, a directory or a pattern.
    ///
    /// @param path as written, after expansion: always below the root of the tree, whatever slashes and `..` it has
    record InTree(SourceTree tree, ByteString path) implements CopySource {}

    /// One file, whatever it is called.
    ///
    /// @param path the file itself, no pattern
    /// @param unpack whether it is unpacked when it is an archive; the rules do not count
    record OneFile(SourceTree tree, ByteString path, boolean unpack) implements CopySource {}

    /// A file whose bytes stand in the Dockerfile.
    ///
    /// @param name of the file, without a slash
    record Inline(ByteString name, ByteString content) implements CopySource {
        public Inline {
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw new IllegalArgumentException("no file name: '" + name + "'");
            }
        }
    }
}
