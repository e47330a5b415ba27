package dev.jbuild.copy;

import dev.jbuild.linux.ByteString;

/// One source of COPY or ADD.
public sealed interface CopySource {
    /// A file, a directory or a pattern.
    ///
    /// @param path as written, after expansion: always below the root of the tree, whatever slashes and `..` it has
    record InTree(SourceTree tree, ByteString path) implements CopySource {}

    /// One file that has another name where it is kept.
    ///
    /// @param path where it is kept, without links and wildcards
    /// @param name what a copy is called, without a slash
    /// @param unpack whether it is unpacked when it is an archive
    record Named(SourceTree tree, ByteString path, ByteString name, boolean unpack) implements CopySource {
        public Named {
            checkName(name);
        }
    }

    /// A file whose bytes stand in the Dockerfile.
    ///
    /// @param name of the file, without a slash
    record Inline(ByteString name, ByteString content) implements CopySource {
        public Inline {
            checkName(name);
        }
    }

    private static void checkName(ByteString name) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("no file name: '" + name + "'");
        }
    }
}
