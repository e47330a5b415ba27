package dev.jbuild.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageAccountsTest {
    private static final ByteString LINE = ByteString.of("app:x:5:6::/app:");
    private static final ByteString APP = ByteString.of("app");
    private static final FileContents NEVER = file -> {
        throw new AssertionError("opened " + file.path());
    };

    @Test
    void theIndexHasTheBytes() throws IOException {
        var lower = layer(LINE, file("etc/passwd", LINE.length()));
        var upper = layer(null, file("etc/group", 0), file("other", 1));
        assertThat(ImageAccounts.of(MergedTree.of(List.of(lower)), NEVER).resolveOwner(APP))
                .hasToString("5:6");
        FileContents group = file -> new ByteArrayInputStream(new byte[0]);
        assertThat(ImageAccounts.of(MergedTree.of(List.of(lower, upper)), group).resolveOwner(APP))
                .hasToString("5:6");
    }

    @Test
    void deletedFileCountsNoMore() {
        var tree = MergedTree.of(List.of(
                layer(LINE, file("etc/passwd", LINE.length())),
                layer(null, LayerEntry.whiteout(ByteString.of("etc/passwd")))));
        assertThatThrownBy(() -> ImageAccounts.of(tree, NEVER).resolveOwner(APP))
                .isInstanceOf(UserException.class);
    }

    @Test
    void linkIsFollowedInsideTheImage() throws IOException {
        var tree = MergedTree.of(List.of(layer(
                null,
                LayerEntry.symlink(ByteString.of("etc"), ByteString.of("../../usr/etc"), Timestamp.EPOCH),
                file("usr/etc/passwd", LINE.length()))));
        FileContents contents = file -> new ByteArrayInputStream(LINE.toBytes());
        assertThat(ImageAccounts.of(tree, contents).resolveOwner(APP)).hasToString("5:6");
    }

    @Test
    void whatIsNoFileIsNoDatabaseAndNeverOpened() throws IOException {
        var tree = MergedTree.of(
                List.of(layer(null, LayerEntry.fifo(ByteString.of("etc/passwd"), 0644, Timestamp.EPOCH))));
        var accounts = ImageAccounts.of(tree, NEVER);
        assertThatThrownBy(() -> accounts.resolveUser(APP)).hasMessageContaining("the image has none");
    }

    @Test
    void hugeFileIsRefused() {
        var tree = MergedTree.of(List.of(layer(null, file("etc/passwd", AccountFiles.MAX_BYTES + 1))));
        assertThatThrownBy(() -> ImageAccounts.of(tree, NEVER))
                .isInstanceOf(UserException.class)
                .hasMessage("/etc/passwd of the image is larger than 10 MiB");
    }

    private static LayerIndex layer(@Nullable ByteString passwd, LayerEntry... entries) {
        return LayerIndex.of(List.of(entries), new AccountFiles(passwd, null));
    }

    private static LayerEntry file(String path, long size) {
        return LayerEntry.file(
                ByteString.of(path),
                0644,
                Timestamp.EPOCH,
                size,
                Digest.ofBytes(path.getBytes(StandardCharsets.UTF_8)));
    }
}
