package dev.jbuild.git;

import static dev.jbuild.git.GitServer.DIRECTORY;
import static dev.jbuild.git.GitServer.LINK;
import static dev.jbuild.git.GitServer.REGULAR;
import static dev.jbuild.git.GitServer.SUBMODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.layer.LayerException;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.util.ArrayList;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories made to harm whoever checks them out.
@Timeout(60)
class HostileRepositoryTest {
    private static final GitLimits SMALL = new GitLimits(1000, 1 << 20, 10_000, 1 << 20, 100, 100_000, 3, 10);
    private static final ObjectId NOWHERE = ObjectId.fromString("0123456789012345678901234567890123456789");

    private final Transport network = new Transport(TransportLimits.DEFAULT);
    private final GitSource source = new GitSource(() -> Fd.inMemory("pack"), network, SMALL);
    private GitServer server;
    private GitServer.Content top;

    @BeforeEach
    void start() throws IOException {
        server = GitServer.start();
        top = server.repository("top.git");
    }

    @AfterEach
    void stop() {
        server.close();
        network.close();
    }

    private void checkOut() throws IOException, InterruptedException {
        GitReference reference = GitReference.parse(server.git("top.git"));
        source.checkout(reference, source.resolve(reference)).close();
    }

    private static GitServer.Item item(String mode, String name, ObjectId id) {
        return new GitServer.Item(mode, name, id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".GIT",
                ".Git",
                "git~1",
                "GIT~1",
                ".git.",
                ".git ",
                ".g\u200cit",
                ".",
                "..",
                "a/b",
                "../a"
            })
    void aNameThatIsTakenForSomethingElseIsRefused(String name) throws Exception {
        top.main(item(REGULAR, name, top.blob("x")));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void aNameThatStandsTwiceIsRefused() throws Exception {
        top.main(
                item(LINK, "a", top.blob("/etc")),
                item(DIRECTORY, "a", top.tree(item(REGULAR, "passwd", top.blob("x")))));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void whiteoutsOfLayersAreNoNamesOfFiles() throws Exception {
        top.main(item(REGULAR, ".wh.a", top.blob("x")));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path = s\nurl = file:///etc",
                "path = s\nurl = /etc",
                "path = s\nurl = ext::sh -c id",
                "path = s\nurl = --upload-pack=id",
                "path = s\nurl = -u",
                "path = s\nurl = ../../../x",
                "path = s\nurl = \"git://127.0.0.1/a\\nb\"",
                "path = s\nurl = ssh://-oProxyCommand=id/x",
                "path = ../s\nurl = ../sub",
                "path = -u\nurl = ../sub",
                "path = \"s\\r\"\nurl = ../sub",
                "path = s\r\rx\nurl = ../sub",
                "path = other\nurl = ../sub",
            })
    void aSubmoduleThatIsNotOneIsRefused(String lines) throws Exception {
        top.main(
                item(REGULAR, ".gitmodules", top.blob("[submodule \"s\"]\n" + lines + "\n")),
                item(SUBMODULE, "s", NOWHERE));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
        assertThat(server.asked()).doesNotContain("sub");
    }

    @Test
    void aSubmoduleNameIsNoPathElsewhere() throws Exception {
        top.main(
                item(REGULAR, ".gitmodules", top.blob("[submodule \"../../x\"]\npath = s\nurl = ../sub\n")),
                item(SUBMODULE, "s", NOWHERE));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void aLinkIsNoListOfSubmodules() throws Exception {
        top.main(
                item(LINK, ".gitmodules", top.blob("m")),
                item(REGULAR, "m", top.blob("[submodule \"s\"]\npath = s\nurl = ../sub\n")),
                item(SUBMODULE, "s", NOWHERE));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void aConfigurationThatIncludesFilesReadsNone() throws Exception {
        top.main(
                item(
                        REGULAR,
                        ".gitmodules",
                        top.blob("[include]\npath = /etc/passwd\n[submodule \"s\"]\npath = s\nurl = file:///x\n")),
                item(SUBMODULE, "s", NOWHERE));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void aTreeOfManyNamesForFewObjectsIsRefused() throws Exception {
        ObjectId tree = top.tree(item(REGULAR, "f", top.blob("x")));
        for (int depth = 0; depth < 20; depth++) {
            tree = top.tree(item(DIRECTORY, "a", tree), item(DIRECTORY, "b", tree));
        }
        ObjectId bomb = top.commit(tree);
        top.reference("refs/heads/main", bomb);
        top.head("refs/heads/main");
        assertThatThrownBy(this::checkOut)
                .isInstanceOf(GitException.class)
                .hasMessage("the repository has more than 100 files, more than the limit of 100");
    }

    @Test
    void aFileBeyondTheLimitIsRefused() throws Exception {
        top.main(item(REGULAR, "a", top.blob("a".repeat(20_000))));
        assertThatThrownBy(this::checkOut).satisfies(HostileRepositoryTest::isOneLine);
    }

    @Test
    void theSameFileAtManyPathsCountsEachTime() throws Exception {
        ObjectId blob = top.blob("a".repeat(9_000));
        var items = new ArrayList<GitServer.Item>();
        for (int i = 10; i < 30; i++) {
            items.add(item(REGULAR, "f" + i, blob));
        }
        top.main(items.toArray(GitServer.Item[]::new));
        assertThatThrownBy(this::checkOut)
                .hasMessage("the repository has files of more than 100000 bytes, more than the limit of 100000");
    }

    @Test
    void submodulesWithoutEndAreRefused() throws Exception {
        ObjectId below = server.repository("r0").main();
        for (int i = 1; i < 6; i++) {
            var repository = server.repository("r" + i);
            below = repository.main(
                    item(
                            REGULAR,
                            ".gitmodules",
                            repository.blob("[submodule \"s\"]\npath = s\nurl = ../r" + (i - 1) + "\n")),
                    item(SUBMODULE, "s", below));
        }
        top.main(
                item(REGULAR, ".gitmodules", top.blob("[submodule \"s\"]\npath = s\nurl = ../r5\n")),
                item(SUBMODULE, "s", below));
        assertThatThrownBy(this::checkOut)
                .hasMessage("the repository has more than 3 submodules, more than the limit of 3");
    }

    @Test
    void aHeadThatIsAnOptionIsNotBelieved() throws Exception {
        ObjectId commit = top.main(item(REGULAR, "a", top.blob("x")));
        top.reference("refs/heads/--upload-pack=id", commit);
        top.head("refs/heads/--upload-pack=id");
        GitReference reference = GitReference.parse(server.git("top.git"));
        assertThat(source.resolve(reference)).isEqualTo(new GitCommit(commit.name(), "HEAD", null));
    }

    private static void isOneLine(Throwable failure) {
        assertThat(failure).isInstanceOfAny(GitException.class, LayerException.class);
        assertThat(failure.getMessage())
                .isNotBlank()
                .matches(text -> text.chars().allMatch(c -> c >= ' '));
    }
}
