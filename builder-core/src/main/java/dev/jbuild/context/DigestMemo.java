package dev.jbuild.context;

import org.jspecify.annotations.Nullable;

/// Remembers what was read of the files of a context, so that an unchanged file is not read again by the next build.
///
/// It may forget anything at any time. It is asked and told by several threads at once. When an entry may be trusted is
/// decided by [BuildContext], not here.
public interface DigestMemo {
    /// {@return what is known of exactly this file in exactly this state; null when nothing is}
    @Nullable
    FileFacts find(FileKey key);

    /// Remembers what was read of a file; replaces what was known under the same path.
    void store(FileKey key, FileFacts facts);

    /// {@return a memo that knows nothing and keeps nothing}
    static DigestMemo none() {
        return new DigestMemo() {
            @Override
            public @Nullable FileFacts find(FileKey key) {
                return null;
            }

            @Override
            public void store(FileKey key, FileFacts facts) {}
        };
    }
}
