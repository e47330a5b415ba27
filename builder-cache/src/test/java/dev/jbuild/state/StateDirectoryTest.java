package dev.jbuild.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path temporary;

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void itIsMadeForItsOwnerAlone() throws Exception {
        Path root = temporary.resolve("a/b/state");
        try (StateDirectory state = StateDirectory.open(root)) {
            assertThat(mode(root)).isEqualTo("rwx------");
            assertThat(state.root()).isEqualTo(root);
        }
        try (Stream<Path> names = Files.list(root.resolve("v1"))) {
            assertThat(names.map(name -> name.getFileName().toString()).sorted())
                    .containsExactly(
                            "blobs", "builds", "context", "in-use", "keys", "layers", "locks", "logs", "mounts",
                            "reads", "refs", "tmp");
        }
    }

    @Test
    void aPartThatWasRemovedIsMadeAgain() throws Exception {
        Path root = temporary.resolve("state");
        StateDirectory.open(root).close();
        Files.delete(root.resolve("v1/layers"));
        Files.delete(root.resolve("v1/locks/keys"));
        StateDirectory.open(root).close();
        assertThat(root.resolve("v1/layers")).isDirectory();
        assertThat(root.resolve("v1/locks/keys")).isDirectory();
    }

    @Test
    void aWiderModeIsNarrowed() throws Exception {
        Path root = Files.createDirectory(temporary.resolve("state"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        StateDirectory.open(root).close();
        assertThat(mode(root)).isEqualTo("rwx------");
    }

    @Test
    void anotherUsersDirectoryIsRefused() throws Exception {
        Assumptions.assumeTrue(Files.getOwner(temporary).getName().equals("root"), "needs root to give a file away");
        Path root = Files.createDirectory(temporary.resolve("state"));
        Files.setAttribute(root, "unix:uid", 4242);
        assertThatThrownBy(() -> StateDirectory.open(root))
                .isInstanceOf(StateException.class)
                .hasMessage("state directory '" + root + "' belongs to user 4242, not to user 0; "
                        + "name another one with --root or JBUILD_ROOT");
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path root = Files.createFile(temporary.resolve("state"));
        assertThatThrownBy(() -> StateDirectory.open(root))
                .isInstanceOf(StateException.class)
                .hasMessage("state directory '" + root + "' cannot be used: open " + root
                        + ": not a directory (ENOTDIR); name another one with --root or JBUILD_ROOT");
    }

    @Test
    void anUnfinishedOneIsFinished() throws Exception {
        Path root = temporary.resolve("state");
        Files.createDirectories(root.resolve("v1/blobs"));
        StateDirectory.open(root).close();
        assertThat(root.resolve("v1/locks/keys")).isDirectory();
    }

    @Test
    void manyUseItAtOnce() throws Exception {
        try (StateDirectory first = StateDirectory.open(temporary.resolve("state"));
                StateDirectory second = StateDirectory.open(temporary.resolve("state"))) {
            assertThat(first.processDirectory()).isSameAs(first.processDirectory());
            ByteString one = first.processDirectory().newFile(new byte[] {1});
            ByteString other = second.processDirectory().newFile(new byte[] {2});
            assertThat(one).isEqualTo(other);
            assertThat(first.directory().status(ByteString.of("tmp")).links()).isEqualTo(4);
        }
        assertThat(temporary.resolve("state/v1/tmp")).isEmptyDirectory();
        assertThat(temporary.resolve("state/v1/locks/processes")).isEmptyDirectory();
    }

    @Test
    void aDirectoryOfOtherThingsIsNotTaken() throws Exception {
        Path root = Files.createDirectory(temporary.resolve("home"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("thesis"), "x");

        assertThatThrownBy(() -> StateDirectory.open(root))
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "'" + root + "' is no state directory and holds other files; name an empty or a new one with"
                                + " --root or JBUILD_ROOT");
        assertThat(mode(root)).isEqualTo("rwxr-xr-x");
        assertThat(root.resolve("v1")).doesNotExist();
    }

    @Test
    void anEmptyFileSystemOfItsOwnIsTaken() throws Exception {
        Path root = Files.createDirectory(temporary.resolve("mount"));
        Files.createDirectory(root.resolve("lost+found"));
        StateDirectory.open(root).close();
        assertThat(root.resolve("v1")).isDirectory();
    }

    @Test
    void outsideTextNeverBecomesAPath() {
        for (String name : List.of("../../etc/passwd", "/", "", "a\nb")) {
            assertThat(StateDirectory.reference(name).toString()).matches("refs/[0-9a-f]{64}\\.json");
            assertThat(StateDirectory.contextMemo(ByteString.of(name)).toString())
                    .matches("context/[0-9a-f]{64}");
        }
    }

    @Test
    void aFullDiskIsNamedWithWhatIsLeft() throws Exception {
        try (StateDirectory state = StateDirectory.open(temporary.resolve("state"))) {
            StateException full = state.explain(new LinuxException("write", "x", Errno.ENOSPC.number()));
            assertThat(full)
                    .hasMessageStartingWith("no space left for '" + state.root() + "': ")
                    .hasMessageContaining(" bytes free on ");
            StateException other = state.explain(new LinuxException("write", "x", Errno.EIO.number()));
            assertThat(other).hasMessage("state directory '" + state.root() + "': write x: input/output error (EIO)");
        }
    }

    @Test
    void renamingMakesTheShard() throws Exception {
        try (StateDirectory state = StateDirectory.open(temporary.resolve("state"))) {
            ProcessDirectory process = state.processDirectory();
            ByteString path = StateDirectory.blob(Digest.ofBytes(new byte[0]));
            state.rename(
                    process.directory(),
                    process.newFile(new byte[] {1}),
                    path,
                    dev.jbuild.linux.Directory.Rename.REPLACE);
            assertThat(state.read(path, 10)).containsExactly(1);
            assertThat(state.read(path, 0)).isNull();
            assertThat(state.read(ByteString.of("blobs"), 10)).isNull();
        }
    }
}
