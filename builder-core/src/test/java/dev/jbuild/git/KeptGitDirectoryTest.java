package dev.jbuild.git;

import static dev.jbuild.git.GitServer.DIRECTORY;
import static dev.jbuild.git.GitServer.LINK;
import static dev.jbuild.git.GitServer.PROGRAM;
import static dev.jbuild.git.GitServer.REGULAR;
import static dev.jbuild.git.GitServer.SUBMODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `git` itself says of a `.git` that is kept.
@Timeout(120)
class KeptGitDirectoryTest {
    private static final Path GIT = Path.of("/usr/bin/git");

    @TempDir
    Path directory;

    private final Transport network = new Transport(TransportLimits.DEFAULT);
    private final GitSource source = new GitSource(() -> Fd.inMemory("pack"), network);
    private GitServer server;

    @BeforeEach
    void start() throws IOException {
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
        }
        server = GitServer.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        network.close();
    }

    private static GitServer.Item item(String mode, String name, ObjectId id) {
        return new GitServer.Item(mode, name, id);
    }

    /// A commit with a history, a submodule in a submodule, and everything that a tree may hold.
    private ObjectId publish() throws IOException {
        var deep = server.repository("deep");
        ObjectId deepCommit = deep.main(item(REGULAR, "deep", deep.blob("deep")));
        var sub = server.repository("sub");
        ObjectId subCommit = sub.main(
                item(REGULAR, ".gitmodules", sub.blob("[submodule \"in/x\"]\npath = in/x\nurl = ../deep\n")),
                item(DIRECTORY, "in", sub.tree(item(SUBMODULE, "x", deepCommit))));
        var top = server.repository("top.git");
        ObjectId parent = top.main(item(REGULAR, "old", top.blob("old")));
        ObjectId tree = top.tree(
                item(REGULAR, ".gitmodules", top.blob("[submodule \"s\"]\npath = d/s\nurl = ../sub\n")),
                item(
                        DIRECTORY,
                        "d",
                        top.tree(
                                item(REGULAR, "a b", top.blob("text".repeat(10_000))),
                                item(LINK, "l", top.blob("a b")),
                                item(PROGRAM, "p", top.blob("")),
                                item(SUBMODULE, "s", subCommit))),
                item(REGULAR, "n".repeat(200), top.blob("long")));
        ObjectId commit = top.commit(tree, parent);
        top.reference("refs/heads/main", commit);
        top.reference("refs/tags/v1", top.tag(commit, "v1"));
        return commit;
    }

    @Test
    void gitFindsACleanCheckout() throws Exception {
        ObjectId commit = publish();
        LayerId id = checkOut("#v1");

        assertThat(git(directory, "status", "--porcelain")).isEmpty();
        assertThat(git(directory, "rev-parse", "HEAD")).isEqualTo(commit.name() + "\n");
        assertThat(git(directory, "log", "--format=%H %D")).isEqualTo(commit.name() + " grafted, HEAD, tag: v1\n");
        assertThat(git(directory, "describe")).isEqualTo("v1\n");
        assertThat(git(directory, "fsck", "--strict")).isEmpty();
        assertThat(git(directory, "remote", "get-url", "origin")).isEqualTo(server.git("top.git") + "\n");
        assertThat(git(directory, "submodule", "status", "--recursive").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(" ").contains(" d/s "),
                        line -> assertThat(line).startsWith(" ").contains(" d/s/in/x "));
        assertThat(git(directory.resolve("d/s/in/x"), "status", "--porcelain")).isEmpty();
        assertThat(git(directory.resolve("d/s"), "fsck")).isEmpty();
        assertThat(checkOutAgain()).isEqualTo(id);
    }

    @Test
    void aPartOfATreeHasNone() throws Exception {
        publish();
        checkOut("#main:d");
        assertThat(directory.resolve(".git")).doesNotExist();
        assertThat(directory.resolve("s/.git")).doesNotExist();
    }

    @Test
    void credentialsAreNotKept() throws Exception {
        publish();
        GitReference reference = GitReference.parse(
                server.http("top.git").replace("http://", "http://user:password@") + "?keep-git-dir");
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            assertThat(GitServer.contents(checkout).get(".git/config"))
                    .contains("url = \"" + server.http("top.git") + "\"")
                    .doesNotContain("user")
                    .doesNotContain("password");
        }
    }

    @Test
    void submodulesDoNotShareADirectory() throws Exception {
        var sub = server.repository("sub");
        ObjectId commit = sub.main(item(REGULAR, "a", sub.blob("a")));
        var top = server.repository("top.git");
        top.main(
                item(
                        REGULAR,
                        ".gitmodules",
                        top.blob("[submodule \"x\"]\npath = a\nurl = ../sub\n"
                                + "[submodule \"x/objects\"]\npath = b\nurl = ../sub\n")),
                item(SUBMODULE, "a", commit),
                item(SUBMODULE, "b", commit));
        assertThatThrownBy(() -> checkOut("")).hasMessage("submodules 'x' and 'x/objects' would share a directory");
    }

    private LayerId checkOutAgain() throws Exception {
        GitReference reference = GitReference.parse(server.git("top.git") + "?keep-git-dir#v1");
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            return checkout.index().id();
        }
    }

    private LayerId checkOut(String fragment) throws Exception {
        GitReference reference = GitReference.parse(server.git("top.git") + "?keep-git-dir" + fragment);
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            for (LayerEntry entry : checkout.index().entries()) {
                write(checkout, entry, directory.resolve(entry.path().utf8()));
            }
            return checkout.index().id();
        }
    }

    private static void write(GitCheckout checkout, LayerEntry entry, Path path) throws IOException {
        switch (entry.type()) {
            case DIRECTORY -> Files.createDirectories(path);
            case SYMLINK ->
                Files.createSymbolicLink(path, Path.of(entry.linkTarget().utf8()));
            default -> {
                try (InputStream bytes = checkout.open(entry)) {
                    Files.copy(bytes, path);
                }
                String mode = (entry.mode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    private static String git(Path directory, String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(GIT.toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
