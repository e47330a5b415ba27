package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import org.jspecify.annotations.Nullable;

/// The bytes of `/etc/passwd` and `/etc/group` of a layer, kept with its index so that names of users are known
/// without its files.
///
/// @param passwd null when the layer has no regular file there, or one above [#MAX_BYTES], or one whose bytes
///     came under another name (a hard link): then [FileContents] has them
/// @param group the same
public record AccountFiles(
        @Nullable ByteString passwd, @Nullable ByteString group) {
    public static final AccountFiles NONE = new AccountFiles(null, null);

    public static final ByteString PASSWD_PATH = ByteString.of("etc/passwd");

    public static final ByteString GROUP_PATH = ByteString.of("etc/group");

    /// 10 MiB, the limit that BuildKit puts on these files too.
    public static final int MAX_BYTES = 10 << 20;

    public AccountFiles {
        if ((passwd != null && passwd.length() > MAX_BYTES) || (group != null && group.length() > MAX_BYTES)) {
            throw new IllegalArgumentException("account file above " + MAX_BYTES + " bytes");
        }
    }

    /// {@return whether a file at `path` is one whose bytes are kept}
    public static boolean keeps(ByteString path) {
        return path.equals(PASSWD_PATH) || path.equals(GROUP_PATH);
    }
}
