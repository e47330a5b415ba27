package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of a context, and when what was read once is believed.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ContextReadsTest {
    private static final int REWRITES = 200;

    @TempDir
    Path root;

    private BuildContext open(DigestMemo memo) throws Exception {
        return BuildContext.open(ByteString.of(root.toString()), IgnorePatterns.NONE, memo);
    }

    /// The racy moment: two states of a file with one size and one time, seen by two builds in one tick of the clock.
    @Test
    void rewritesInsideOneSecondAreSeenAlthoughSizeAndTimeAreTheSame() throws Exception {
        var memo = new HashMap<FileKey, FileFacts>();
        var random = new Random(1);
        Path file = root.resolve("f");
        FileTime time = FileTime.fromMillis(System.currentTimeMillis() - 60_000);
        for (int i = 0; i < REWRITES; i++) {
            var bytes = new byte[8];
            random.nextBytes(bytes);
            Files.setLastModifiedTime(Files.write(file, bytes), time);
            assertThat(digest("f", remembering(memo))).as("rewrite %d", i).isEqualTo(Digest.ofBytes(bytes));
        }
        // Nothing of this moment is remembered, however old the file says it is.
        assertThat(memo).isEmpty();
    }

    @Test
    void aClockThatIsSetBackMakesNothingTrusted() {
        var key = new FileKey(ByteString.of("f"), 1, 2, 3, 1000, 0, 1000, 0);

        assertThat(key.isSettled(1003)).isTrue();
        assertThat(key.isSettled(1002)).isFalse();
        assertThat(key.isSettled(900)).isFalse();
    }

    @Test
    void aShortFileIsReadOnce() throws Exception {
        Path file = Files.writeString(root.resolve("x"), "hello");
        try (BuildContext context = open(DigestMemo.none())) {
            LayerEntry entry = context.find(ByteString.of("x"));
            assertThat(context.contentDigest(entry)).isEqualTo(digest("hello"));
            Files.writeString(file, "changed");
            assertThat(context.open(entry).readAllBytes()).asString().isEqualTo("hello");
            // Whoever reads it once more comes to the file.
            assertThatThrownBy(() -> context.open(entry)).hasMessage("changed during build: x");
        }
    }

    @Test
    void aFileThatChangesAfterItWasReadFailsTheBuild() throws Exception {
        String content = "hello".repeat(RecentFiles.LARGEST);
        Path file = Files.writeString(root.resolve("x"), content);
        try (BuildContext context = open(DigestMemo.none())) {
            LayerEntry entry = context.find(ByteString.of("x"));
            assertThat(context.contentDigest(entry)).isEqualTo(digest(content));
            Files.writeString(file, "changed");
            assertThatThrownBy(() -> context.open(entry))
                    .isInstanceOf(ContextException.class)
                    .hasMessage("changed during build: x");
            assertThat(context.contentDigest(entry)).isEqualTo(digest(content));
            Files.delete(file);
            assertThatThrownBy(() -> context.open(entry)).hasMessage("changed during build: x");
        }
    }

    /// Files that the kernel makes up: the first has more bytes than its status says, the second has fewer.
    @ParameterizedTest
    @ValueSource(strings = {"/proc/sys/kernel/ostype", "/sys/kernel/uevent_seqnum"})
    void aFileThatIsNotAsLongAsItsStatusSaysIsRefused(String file) throws Exception {
        assumeTrue(Files.isReadable(Path.of(file)), file + " is not there");
        ByteString path = ByteString.of(file);
        try (BuildContext context = BuildContext.open(path.parent(), IgnorePatterns.NONE, DigestMemo.none())) {
            LayerEntry entry = context.find(path.name());
            assertThatThrownBy(() -> context.contentDigest(entry))
                    .isInstanceOf(ContextException.class)
                    .hasMessage("changed during build: " + path.name());
        }
    }

    @Test
    void namesAreEscapedInMessages() throws Exception {
        Path file = Files.writeString(root.resolve("a\u001b[31m\nb"), "long".repeat(RecentFiles.LARGEST));
        ByteString name = ByteString.of("a\u001b[31m\nb");
        try (BuildContext context = open(DigestMemo.none())) {
            LayerEntry entry = context.find(name);
            assertThat(context.contentDigest(entry)).isNotNull();
            Files.writeString(file, "another");

            assertThatThrownBy(() -> {
                        try (InputStream bytes = context.open(entry)) {
                            bytes.readAllBytes();
                        }
                    })
                    .isInstanceOf(ContextException.class)
                    .hasMessageStartingWith("changed during build: ")
                    .hasMessageNotContainingAny("\u001b", "\n");
        }
    }

    @Test
    void onlyWhatIsAskedForIsOpened() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("used")).resolve("f"), "x");
        Files.writeString(Files.createDirectories(root.resolve("unused/deep")).resolve("f"), "x");
        FileTime before = FileTime.fromMillis(1);
        for (String path : new String[] {"unused/deep/f", "unused/deep", "unused", "used/f"}) {
            Files.setAttribute(root.resolve(path), "lastAccessTime", before);
        }

        assertThat(digest("used/f", DigestMemo.none())).isEqualTo(digest("x"));

        assumeTrue(!accessed("used/f").equals(before), "the file system keeps no access times");
        // Reading moves the access time of what is older than its modification, also with relatime.
        assertThat(accessed("unused/deep/f")).isEqualTo(before);
        assertThat(accessed("unused/deep")).isEqualTo(before);
        assertThat(accessed("unused")).isEqualTo(before);
    }

    private static Digest digest(String content) {
        return Digest.ofBytes(content.getBytes(StandardCharsets.UTF_8));
    }

    private FileTime accessed(String path) throws Exception {
        return (FileTime) Files.getAttribute(root.resolve(path), "lastAccessTime");
    }

    private Digest digest(String path, DigestMemo memo) throws Exception {
        try (BuildContext context = open(memo)) {
            return context.contentDigest(context.find(ByteString.of(path)));
        }
    }

    private static DigestMemo remembering(Map<FileKey, FileFacts> memo) {
        return new DigestMemo() {
            @Override
            public FileFacts find(FileKey key) {
                return memo.get(key);
            }

            @Override
            public void store(FileKey key, FileFacts facts) {
                memo.put(key, facts);
            }
        };
    }
}
