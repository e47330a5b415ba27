package dev.jbuild.graph;

import org.jspecify.annotations.Nullable;

/// Something that a command finds at a path while it runs. No layer ever holds it.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">RUN --mount</a>
public sealed interface Mount {

    /// {@return the absolute path where the command finds it; null when it finds it in a variable only}
    @Nullable
    String target();

    /// Files or a directory of somewhere else.
    ///
    /// @param path what of `from` is mounted, absolute, `/` for all
    /// @param writable whether the command may change what it sees; its changes are thrown away
    record Bind(Tree from, String path, String target, boolean writable) implements Mount {}

    /// A directory that outlives the build and is shared by all steps that name it.
    ///
    /// @param id what it is shared by
    /// @param from what a new one holds
    /// @param path what of `from` a new one holds, absolute
    /// @param access of a new one
    record Cache(String id, Tree from, String path, String target, Sharing sharing, boolean readOnly, FileAccess access)
            implements Mount {}

    /// An empty file system in memory.
    ///
    /// @param size its limit in bytes; null means none of its own
    record Tmpfs(String target, @Nullable Long size) implements Mount {}

    /// A value that no layer, key or log may hold.
    ///
    /// @param id what the user gave it under
    /// @param target file that holds it; null when only `variable` does
    /// @param variable of the environment that holds it; null when only the file does
    /// @param required whether a step fails without it
    record Secret(
            String id, @Nullable String target, @Nullable String variable, boolean required, FileAccess access)
            implements Mount {
        public Secret {
            if (target == null && variable == null) {
                throw new IllegalArgumentException("a secret that nobody sees");
            }
        }
    }

    /// The socket of an SSH agent.
    ///
    /// @param id what the user gave it under
    /// @param required whether a step fails without it
    record Ssh(String id, String target, boolean required, FileAccess access) implements Mount {}

    /// Where mounted files come from.
    sealed interface Tree {
        /// Nowhere: an empty directory.
        record Empty() implements Tree {}

        /// A local directory context.
        ///
        /// @param name empty for the main one
        record OfContext(String name) implements Tree {}

        /// The root file system that another vertex makes.
        record OfVertex(Vertex vertex) implements Tree {}
    }

    /// Whether several steps have a cache at the same time.
    enum Sharing {
        /// They write to the same.
        SHARED("shared"),
        /// A step that finds it in use gets another.
        PRIVATE("private"),
        /// A step waits until it is free.
        LOCKED("locked");

        private final String keyword;

        Sharing(String keyword) {
            this.keyword = keyword;
        }

        /// {@return how it is written}
        public String keyword() {
            return keyword;
        }
    }

    /// Who may do what with a file.
    ///
    /// @param mode permission bits
    record FileAccess(int mode, int userId, int groupId) {}
}
