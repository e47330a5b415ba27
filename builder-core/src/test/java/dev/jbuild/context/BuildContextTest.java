package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuildContextTest {
    private static final Digest HELLO = Digest.ofBytes("hello".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path root;

    @Test
    void everyOwnerIsRootAndTimesAndModesAreKept() throws IOException {
        Path file = write("d/run.sh", "hello");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        try (Directory directory = Directory.open(ByteString.of(root + "/d"))) {
            directory.setTime(path("run.sh"), -5, 123_456_789);
        }
        try (BuildContext context = open("")) {
            LayerEntry found = context.find(path("d/run.sh"));
            assertThat(found).isNotNull();
            assertThat(found.mode()).isEqualTo(0751);
            assertThat(found.userId()).isZero();
            assertThat(found.groupId()).isZero();
            assertThat(found.size()).isEqualTo(5);
            assertThat(found.modified()).isEqualTo(new Timestamp(-5, 123_456_789));
            assertThat(context.contentDigest(found)).isEqualTo(HELLO);
            try (var bytes = context.open(found)) {
                assertThat(bytes.readAllBytes()).asString().isEqualTo("hello");
            }
        }
    }

    @Test
    void childrenComeInByteOrder() throws IOException {
        for (String name : List.of("b", "a.b", "a", "\u00e9", "Z", "a-")) {
            write(name, "");
        }
        try (BuildContext context = open("")) {
            assertThat(names(context, "")).containsExactly("Z", "a", "a-", "a.b", "b", "\u00e9");
        }
    }

    @Test
    void linksAreSeenAndNotFollowed() throws IOException {
        write("real/x", "");
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("out"), Path.of("/etc"));
        try (BuildContext context = open("")) {
            LayerEntry link = context.find(path("link"));
            assertThat(link).isNotNull();
            assertThat(link.type()).isEqualTo(EntryType.SYMLINK);
            assertThat(link.linkTarget()).isEqualTo(path("real"));
            assertThat(context.find(path("link/x"))).isNull();
            assertThat(context.find(path("out/passwd"))).isNull();
            assertThat(context.children(path("link"))).isEmpty();
            assertThat(context.find(path("real/x/y"))).isNull();
            assertThat(context.find(path("missing"))).isNull();
        }
    }

    @Test
    void ignoredFilesAreNotThere() throws IOException {
        write("a/keep/x", "");
        write("a/drop", "");
        write("b/deep/er/keep.txt", "");
        write("b/drop", "");
        write("c/drop", "");
        write("d", "");
        try (BuildContext context = open("a\n!a/keep\nb\n!**/keep.txt\nc\nd\n")) {
            assertThat(names(context, "")).containsExactly("a", "b");
            assertThat(names(context, "a")).containsExactly("a/keep");
            assertThat(names(context, "b")).containsExactly("b/deep");
            assertThat(context.find(path("c"))).isNull();
            assertThat(context.find(path("a/drop"))).isNull();
            assertThat(context.find(path("b/deep/er/keep.txt"))).isNotNull();
            assertThat(context.ignoreFileOf(path("c/drop"))).isEqualTo(".dockerignore");
            assertThat(context.ignoreFileOf(path("zzz"))).isNull();
        }
    }

    @Test
    void findAloneAgreesWithAListing() throws IOException {
        write("x/y/z", "");
        write("x/q/z", "");
        try (BuildContext lazy = open("x\n!x/y/z");
                BuildContext listed = open("x\n!x/y/z")) {
            assertThat(listed.children(path("x"))).isNotEmpty();
            for (String name : List.of("x", "x/y", "x/y/z", "x/q", "x/q/z", "x/none")) {
                assertThat(lazy.find(path(name))).as(name).isEqualTo(listed.find(path(name)));
            }
        }
    }

    @Test
    void excludedDirectoriesAreNeverOpened() throws IOException {
        Path closed = Files.createDirectory(root.resolve("closed"));
        write("closed/x", "");
        write("ok", "");
        var opened = new ArrayList<ByteString>();
        try (BuildContext context = open("closed")) {
            for (LayerEntry entry : context.allEntries()) {
                opened.add(entry.path());
            }
        }
        assertThat(opened).containsExactly(ByteString.EMPTY, path("ok"));
        assertThat(closed).isDirectory();
    }

    @Test
    void socketIsAnEmptyFileAndAPipeIsNotOpened() throws IOException {
        try (Directory directory = Directory.open(ByteString.of(root.toString()))) {
            directory.makeNode(path("pipe"), FileType.FIFO, 0640, 0, 0);
            directory.makeNode(path("socket"), FileType.SOCKET, 0755, 0, 0);
        }
        try (BuildContext context = open("")) {
            LayerEntry pipe = context.find(path("pipe"));
            assertThat(pipe).isNotNull();
            assertThat(pipe.type()).isEqualTo(EntryType.FIFO);
            LayerEntry socket = context.find(path("socket"));
            assertThat(socket).isNotNull();
            assertThat(socket.type()).isEqualTo(EntryType.FILE);
            assertThat(socket.size()).isZero();
            assertThat(context.contentDigest(socket)).isEqualTo(Digest.ofBytes(new byte[0]));
            assertThat(context.open(socket).readAllBytes()).isEmpty();
        }
    }

    @Test
    void namesAreAnyBytes() throws IOException {
        var name = ByteString.ofBytes(new byte[] {(byte) 0xff, '\n', '\t', '"', 0x1b, '-', ' '});
        try (Directory directory = Directory.open(ByteString.of(root.toString()));
                var file = directory.createFile(name, 0644)) {
            file.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        try (BuildContext context = open("")) {
            LayerEntry found = context.children(ByteString.EMPTY).getFirst();
            assertThat(found.path()).isEqualTo(name);
            assertThat(context.contentDigest(found)).isEqualTo(HELLO);
        }
        try (BuildContext context = open("?\n*-*")) {
            assertThat(context.children(ByteString.EMPTY)).isEmpty();
        }
    }

    @Test
    void aTreeDeeperThanAPathIsReadToTheEnd() throws IOException {
        int depth = 3000;
        try (Directory start = Directory.open(ByteString.of(root.toString()))) {
            Directory current = start.reopen();
            for (int i = 0; i < depth; i++) {
                current.makeDirectory(path("d"), 0755);
                Directory next = current.openDirectory(path("d"));
                current.close();
                current = next;
            }
            current.createFile(path("leaf"), 0600).close();
            current.close();
        }
        try (BuildContext context = open("")) {
            List<LayerEntry> all = context.allEntries();
            assertThat(all).hasSize(depth + 2);
            assertThat(all.getLast().path().name()).isEqualTo(path("leaf"));
        } finally {
            try (Directory start = Directory.open(ByteString.of(root.toString()))) {
                start.deleteRecursively(path("d"));
            }
        }
    }

    @Test
    void hardLinksAreKnown() throws IOException {
        Path first = write("z", "hello");
        Files.createLink(root.resolve("a"), first);
        write("other", "hello");
        try (BuildContext context = open("")) {
            Map<ByteString, @Nullable ByteString> links = new HashMap<>();
            for (LayerEntry entry : context.allEntries()) {
                links.put(entry.path(), entry.hardLink());
            }
            assertThat(links).containsEntry(path("z"), path("a")).containsEntry(path("a"), null);
            assertThat(links).containsEntry(path("other"), null);
        }
    }

    @Test
    void attributesAreKept() throws IOException {
        Path file = write("x", "");
        try {
            Files.setAttribute(file, "user:note", "n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UnsupportedOperationException none) {
            org.junit.jupiter.api.Assumptions.abort("no extended attributes at " + root);
        }
        try (BuildContext context = open("")) {
            LayerEntry found = context.find(path("x"));
            assertThat(found).isNotNull();
            assertThat(found.xattrs()).containsEntry(path("user.note"), path("n"));
        }
    }

    @Test
    void aFileThatChangedSinceItWasListedIsTakenAsItIsWhenRead() throws IOException {
        write("x", "before!");
        try (BuildContext context = open("")) {
            LayerEntry listed = context.find(path("x"));
            assertThat(listed).isNotNull();
            write("x", "hello");
            assertThat(context.contentDigest(listed)).isEqualTo(HELLO);
            LayerEntry again = context.find(path("x"));
            assertThat(again).isNotNull();
            assertThat(again.size()).isEqualTo(5);
            assertThat(again.contentDigest()).isEqualTo(HELLO);
        }
    }

    @Test
    void aFileWhoseModeChangedIsNotTaken() throws IOException {
        Path file = write("x", "hello");
        try (BuildContext context = open("")) {
            LayerEntry listed = context.find(path("x"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            assertThatThrownBy(() -> context.contentDigest(listed)).hasMessage("changed during build: x");
        }
    }

    @Test
    void aFileThatNeverHoldsStillFailsAfterThreeAttempts() throws Exception {
        Path file = write("log", "x".repeat(20 << 20));
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> {
            try (Directory directory = Directory.open(ByteString.of(root.toString()));
                    var log = directory.openFile(path("log"), OpenFlag.WRITE)) {
                for (long i = 0; !stop.get(); i++) {
                    log.writeAt(0, new byte[] {(byte) i}, 0, 1);
                    log.setTime(i, 0);
                }
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        });
        try (BuildContext context = open("")) {
            LayerEntry listed = context.find(path("log"));
            assertThatThrownBy(() -> context.contentDigest(listed)).hasMessage("changed during build: log");
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(file).exists();
    }

    @Test
    void anUnchangedFileIsReadOnceInItsLife() throws Exception {
        Path file = write("x", "hello");
        var memo = new MapMemo();
        waitUntilSettled(file);
        hash(memo, "x");
        assertThat(memo.facts).hasSize(1);
        FileKey key = memo.facts.keySet().iterator().next();
        var other = Digest.ofBytes(new byte[] {1});
        memo.facts.put(key, new FileFacts(other, memo.facts.get(key).xattrs()));
        assertThat(hash(memo, "x")).isEqualTo(other);
        write("x", "jello");
        Files.setLastModifiedTime(
                file,
                FileTime.from(key.modifiedSeconds() * 1_000_000_000L + key.modifiedNanos(), TimeUnit.NANOSECONDS));
        assertThat(hash(memo, "x")).isEqualTo(Digest.ofBytes("jello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileOfThisMomentIsNotRemembered() throws Exception {
        write("x", "hello");
        var memo = new MapMemo();
        hash(memo, "x");
        assertThat(memo.facts).isEmpty();
    }

    @Test
    void whatIsNoDirectoryIsNoContext() throws IOException {
        Path file = write("x", "");
        assertThatThrownBy(() ->
                        BuildContext.open(ByteString.of("/nowhere/at/all"), IgnorePatterns.NONE, DigestMemo.none()))
                .hasMessage("build context '/nowhere/at/all' does not exist");
        assertThatThrownBy(
                        () -> BuildContext.open(ByteString.of(file.toString()), IgnorePatterns.NONE, DigestMemo.none()))
                .hasMessage("build context '" + file + "' is not a directory");
    }

    @Test
    void ignoreFileBesideTheDockerfileGoesFirst() throws IOException {
        write("docker/app.Dockerfile.dockerignore", "own");
        write(".dockerignore", "general");
        ByteString context = ByteString.of(root.toString());
        assertThat(IgnoreFile.choose(context, ByteString.of(root + "/docker/app.Dockerfile"))
                        .patterns())
                .containsExactly(path("own"));
        assertThat(IgnoreFile.choose(context, ByteString.of(root + "/Dockerfile"))
                        .patterns())
                .containsExactly(path("general"));
        assertThat(IgnoreFile.choose(context, null).fileName()).isEqualTo(".dockerignore");
        assertThat(IgnoreFile.choose(ByteString.of(root + "/docker"), null).isEmpty())
                .isTrue();
        Files.createDirectory(root.resolve("docker/.dockerignore"));
        assertThatThrownBy(() -> IgnoreFile.choose(ByteString.of(root + "/docker"), null))
                .hasMessage(root + "/docker/.dockerignore is not a regular file");
        write(".dockerignore", "ok\n  [a\n");
        assertThatThrownBy(() -> IgnoreFile.choose(context, null))
                .hasMessage(root + "/.dockerignore:2:3: '[' without ']' in '[a'");
    }

    private Digest hash(DigestMemo memo, String name) throws IOException {
        try (BuildContext context = BuildContext.open(ByteString.of(root.toString()), IgnorePatterns.NONE, memo)) {
            LayerEntry found = context.find(path(name));
            assertThat(found).isNotNull();
            return context.contentDigest(found);
        }
    }

    private static void waitUntilSettled(Path file) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        Thread.sleep(3100);
    }

    private static List<String> names(BuildContext context, String directory) throws IOException {
        return context.children(path(directory)).stream()
                .map(entry -> entry.path().utf8())
                .toList();
    }

    private BuildContext open(String ignored) throws IOException {
        return BuildContext.open(
                ByteString.of(root.toString()),
                IgnorePatterns.parse(".dockerignore", ignored.getBytes(StandardCharsets.UTF_8)),
                DigestMemo.none());
    }

    private Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static ByteString path(String text) {
        return ByteString.of(text);
    }

    private static final class MapMemo implements DigestMemo {
        private final Map<FileKey, FileFacts> facts = new HashMap<>();

        @Override
        public @Nullable FileFacts find(FileKey key) {
            return facts.get(key);
        }

        @Override
        public void store(FileKey key, FileFacts found) {
            facts.put(key, found);
        }
    }
}
