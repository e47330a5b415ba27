package dev.jbuild.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `RUN --mount=type=<type>,<key>=<value>,...`: something mounted for one step.
///
/// @param type `bind` when not written
/// @param options in the order written, `type` left out
public record RunMount(Type type, List<Option> options, SourceRange range) {
    public RunMount {
        options = List.copyOf(options);
    }

    /// What is mounted.
    public enum Type {
        BIND("bind"),
        CACHE("cache"),
        TMPFS("tmpfs"),
        SECRET("secret"),
        SSH("ssh");

        private final String keyword;

        Type(String keyword) {
            this.keyword = keyword;
        }

        /// Returns how it is written.
        public String keyword() {
            return keyword;
        }
    }

    /// One key of a mount.
    ///
    /// @param key lower case, as written: aliases such as `src` and `dst` are not resolved
    /// @param value null when there is no `=`
    public record Option(Text key, @Nullable Word value) {}

    /// Returns the last option that is written with one of these keys, or null.
    public @Nullable Option find(String... keys) {
        for (var i = options.size() - 1; i >= 0; i--) {
            for (var key : keys) {
                if (options.get(i).key().value().equals(key)) {
                    return options.get(i);
                }
            }
        }
        return null;
    }
}
