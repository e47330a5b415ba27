package dev.jbuild.user;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.PathResolver;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Finds the account files of an image.
public final class ImageAccounts {
    private ImageAccounts() {}

    /// {@return the accounts of a root file system} A missing file, or something there that is no regular file, is an
    /// image without accounts.
    ///
    /// @param contents asked only for a file whose bytes the index of its layer does not have
    /// @throws UserException when a file is larger than [AccountFiles#MAX_BYTES]
    public static UserDatabase of(MergedTree root, FileContents contents) throws IOException {
        return UserDatabase.parse(
                read(root, AccountFiles.PASSWD_PATH, contents), read(root, AccountFiles.GROUP_PATH, contents));
    }

    private static @Nullable ByteString read(MergedTree root, ByteString path, FileContents contents)
            throws IOException {
        ByteString resolved = PathResolver.resolve(root, path, true);
        LayerEntry file = root.find(resolved);
        if (file == null || !file.isFile()) {
            return null;
        }
        if (file.size() > AccountFiles.MAX_BYTES) {
            throw new UserException(path.toString(), "/" + path + " of the image is larger than 10 MiB");
        }
        ByteString kept = kept(root.layerOf(file), resolved);
        if (kept != null) {
            return kept;
        }
        try (InputStream bytes = contents.open(file)) {
            return ByteString.ofBytes(bytes.readNBytes(AccountFiles.MAX_BYTES));
        }
    }

    private static @Nullable ByteString kept(LayerIndex layer, ByteString path) {
        if (path.equals(AccountFiles.PASSWD_PATH)) {
            return layer.passwd();
        }
        return path.equals(AccountFiles.GROUP_PATH) ? layer.group() : null;
    }
}
