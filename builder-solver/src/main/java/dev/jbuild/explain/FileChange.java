package dev.jbuild.explain;

import dev.jbuild.linux.ByteString;
import java.util.List;

/// One file or directory that differs from what the last build read.
///
/// @param path as it is called where it comes from
/// @param aspects what differs: `new`, `gone`, or any of `type`, `content`, `mode`, `owner`, `link target`, `device`,
///     `extended attributes`; empty when only that it differs is known
public record FileChange(ByteString path, List<String> aspects) {
    public FileChange {
        aspects = List.copyOf(aspects);
    }
}
