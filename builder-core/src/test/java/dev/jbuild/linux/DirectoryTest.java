package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final ByteString A = ByteString.of("a");
    private static final ByteString B = ByteString.of("b");
    private static final ByteString HOSTILE = ByteString.ofBytes(new byte[] {'-', (byte) 0xfe, '\n', '\\', ' '});

    private Directory directory;

    @BeforeEach
    void open(@TempDir Path path) throws Exception {
        directory = Directory.open(ByteString.of(path.toString()));
    }

    @AfterEach
    void close() throws Exception {
        // @TempDir cannot delete names that are not text.
        for (DirectoryEntry entry : directory.entries()) {
            directory.deleteRecursively(entry.name());
        }
        directory.close();
    }

    @Test
    void anyBytesAreAName() throws Exception {
        write(HOSTILE, "x");

        assertThat(directory.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.name()).isEqualTo(HOSTILE))
                .satisfies(entry -> assertThat(entry.type()).isEqualTo(FileType.REGULAR));
        assertThat(directory.status(HOSTILE).size()).isEqualTo(1);
        assertThatThrownBy(() -> directory.removeDirectory(HOSTILE))
                .hasMessage("unlinkat -\\xfe\\x0a\\ : not a directory (ENOTDIR)");
    }

    @Test
    void failuresNameCallPathAndReason() {
        assertThatThrownBy(() -> directory.openFile(A))
                .isInstanceOfSatisfying(LinuxException.class, failure -> {
                    assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
                    assertThat(failure.call()).isEqualTo("open");
                    assertThat(failure.object()).isEqualTo("a");
                })
                .hasMessage("open a: no such file or directory (ENOENT)");
        assertThatThrownBy(() -> directory.status(ByteString.ofBytes(new byte[] {'a', 0, 'b'})))
                .hasMessage("stat a\\x00b: invalid argument (EINVAL)");
        assertThatThrownBy(() -> directory.status(ByteString.of("a".repeat(5000))))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        failure -> assertThat(failure.errno()).isEqualTo(Errno.ENAMETOOLONG));
    }

    @Test
    void statusTellsEverythingThatWasSet() throws Exception {
        write(A, "hello");
        directory.setMode(A, 04751);
        directory.setTime(A, -5, 123_456_789);
        directory.makeHardLink(B, directory, A);

        FileStatus status = directory.status(B);

        assertThat(status.type()).isEqualTo(FileType.REGULAR);
        assertThat(status.mode()).isEqualTo(04751);
        assertThat(status.size()).isEqualTo(5);
        assertThat(status.mtimeSeconds()).isEqualTo(-5);
        assertThat(status.mtimeNanos()).isEqualTo(123_456_789);
        assertThat(status.links()).isEqualTo(2);
        assertThat(status.isSameFile(directory.status(A))).isTrue();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        write(A, "hello");
        directory.makeSymlink(B, A);

        assertThat(directory.status(B).type()).isEqualTo(FileType.SYMLINK);
        assertThat(directory.readSymlink(B)).isEqualTo(A);
        assertThatThrownBy(() -> directory.openFile(B)).hasMessageContaining("ELOOP");
        assertThatThrownBy(() -> directory.setMode(B, 0700)).hasMessageContaining("EOPNOTSUPP");
        directory.setTime(B, 1, 2);
        assertThat(directory.status(B).mtimeSeconds()).isEqualTo(1);
        assertThat(directory.status(A).mtimeSeconds()).isNotEqualTo(1);
    }

    @Test
    void linksOfATreeStayInsideItsRoot() throws Exception {
        directory.makeDirectory(A, 0755);
        write(ByteString.of("a/passwd"), "inside");
        directory.makeSymlink(B, ByteString.of("/../../a"));

        try (Fd file = directory.openInRoot(ByteString.of("b/passwd"))) {
            assertThat(file.inputStream().readAllBytes()).asString().isEqualTo("inside");
        }
        assertThatThrownBy(() -> directory.openBeneath(ByteString.of("b/passwd")))
                .hasMessageContaining("EXDEV");
        assertThatThrownBy(() -> directory.openInRoot(ByteString.of("/etc/hostname")))
                .hasMessage("open /etc/hostname: no such file or directory (ENOENT)");
    }

    @Test
    void renameReplacesRefusesOrSwaps() throws Exception {
        write(A, "a");
        write(B, "b");

        assertThatThrownBy(() -> directory.rename(A, directory, B, Directory.Rename.NO_REPLACE))
                .hasMessage("rename a to b: file exists (EEXIST)");
        directory.rename(A, directory, B, Directory.Rename.EXCHANGE);
        assertThat(read(A)).isEqualTo("b");
        directory.rename(A, directory, B, Directory.Rename.REPLACE);
        assertThat(read(B)).isEqualTo("b");
        assertThat(directory.contains(A)).isFalse();
    }

    @Test
    void readsAndWritesMoreThanOneBuffer() throws Exception {
        byte[] content = new byte[3 * Scratch.DATA_SIZE + 17];
        IntStream.range(0, content.length).forEach(i -> content[i] = (byte) (i * 31 / 7));
        try (Fd file = directory.createFile(A, 0600);
                Fd copy = directory.createFile(B, 0600)) {
            file.write(content);
            file.syncData();
            file.seek(0);
            assertThat(file.inputStream().readAllBytes()).isEqualTo(content);

            file.seek(0);
            assertThat(copy.copyFrom(file)).isEqualTo(content.length);
            byte[] again = new byte[content.length];
            copy.readFully(0, again);
            assertThat(again).isEqualTo(content);
            assertThatThrownBy(() -> copy.readFully(1, again)).isInstanceOf(EOFException.class);

            copy.truncate(3);
            copy.writeAt(1, new byte[] {'x'}, 0, 1);
            assertThat(copy.status().size()).isEqualTo(3);
        }
    }

    @Test
    void copiesFilesOfUnknownSize() throws Exception {
        try (Fd proc = Fd.open(ByteString.of("/proc/self/status"));
                Fd copy = directory.createFile(A, 0600)) {
            assertThat(copy.copyFrom(proc)).isPositive();
        }
        assertThat(read(A)).startsWith("Name:");
    }

    @Test
    void listsManyNames() throws Exception {
        for (int i = 0; i < 5000; i++) {
            directory.makeSymlink(ByteString.of("a-rather-long-name-to-fill-the-buffer-" + i), A);
        }

        assertThat(directory.entries()).hasSize(5000);
        assertThat(directory.entries()).hasSize(5000);
    }

    @Test
    void deletesTreesDeeperThanAnyDescriptorLimit() throws Exception {
        directory.makeDirectory(A, 0755);
        Directory current = directory.openDirectory(A);
        for (int i = 0; i < 1500; i++) {
            current.makeDirectory(B, 0755);
            current.makeSymlink(HOSTILE, ByteString.of("/"));
            Directory next = current.openDirectory(B);
            current.close();
            current = next;
        }
        current.close();

        directory.deleteRecursively(A);
        directory.deleteRecursively(A);

        assertThat(directory.entries()).isEmpty();
    }

    @Test
    void extendedAttributesOfFilesAndLinks() throws Exception {
        Assumptions.assumeTrue(LinuxMachine.isRoot(), "trusted attributes need root");
        write(A, "");
        directory.makeSymlink(B, A);
        ByteString attribute = ByteString.of("trusted.jbuild");

        Xattrs.set(directory, B, attribute, ByteString.ofBytes(new byte[] {0, 1, -1}));

        assertThat(Xattrs.read(directory, B)).containsOnlyKeys(attribute);
        assertThat(Xattrs.find(directory, B, attribute)).contains(ByteString.ofBytes(new byte[] {0, 1, -1}));
        assertThat(Xattrs.find(directory, A, attribute)).isEmpty();
        Xattrs.remove(directory, B, attribute);
        assertThat(Xattrs.read(directory, B)).isEmpty();
    }

    @Test
    void makesDevicesOfAnyNumber() throws Exception {
        Assumptions.assumeTrue(LinuxMachine.isRoot(), "device nodes need root");
        directory.makeNode(A, FileType.CHARACTER_DEVICE, 0666, 0, 0);
        directory.makeNode(B, FileType.BLOCK_DEVICE, 0600, 259, 70000);

        assertThat(directory.status(A).deviceMajor()).isZero();
        assertThat(directory.status(B).deviceMajor()).isEqualTo(259);
        assertThat(directory.status(B).deviceMinor()).isEqualTo(70000);
        assertThat(directory.status(B).type()).isEqualTo(FileType.BLOCK_DEVICE);
    }

    @Test
    void aClosedDescriptorIsNotUsedAgain() throws Exception {
        Directory copy = directory.reopen();
        copy.close();
        copy.close();

        assertThatThrownBy(copy::entries).isInstanceOf(IllegalStateException.class);
        assertThat(directory.entries()).isEmpty();
    }

    @Test
    void sealedMemoryCannotBeChanged() throws Exception {
        try (Fd memory = Fd.inMemory("test")) {
            memory.write(new byte[] {1, 2, 3});
            memory.seal();
            assertThatThrownBy(() -> memory.write(new byte[] {4})).hasMessageContaining("EPERM");
        }
    }

    private void write(ByteString name, String content) throws Exception {
        try (Fd file = directory.createFile(name, 0644)) {
            file.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String read(ByteString name) throws Exception {
        try (Fd file = directory.openFile(name)) {
            return new String(file.inputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What the tests must know of the machine they run on.
    static final class LinuxMachine {
        private LinuxMachine() {}

        static boolean isRoot() throws Exception {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .anyMatch(line -> line.startsWith("Uid:\t0\t"));
        }
    }
}
