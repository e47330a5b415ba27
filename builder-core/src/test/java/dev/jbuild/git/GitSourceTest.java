package dev.jbuild.git;

import static dev.jbuild.git.GitServer.DIRECTORY;
import static dev.jbuild.git.GitServer.LINK;
import static dev.jbuild.git.GitServer.PROGRAM;
import static dev.jbuild.git.GitServer.REGULAR;
import static dev.jbuild.git.GitServer.SUBMODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GitSourceTest {
    private final Transport network = new Transport(TransportLimits.DEFAULT);
    private final GitSource source = new GitSource(() -> Fd.inMemory("pack"), network);
    private GitServer server;

    @BeforeEach
    void start() throws IOException {
        server = GitServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        network.close();
    }

    private Map<String, String> checkOut(String text) throws IOException, InterruptedException {
        GitReference reference = GitReference.parse(text);
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            return GitServer.contents(checkout);
        }
    }

    private GitCommit resolve(String text) throws IOException, InterruptedException {
        return source.resolve(GitReference.parse(text));
    }

    private static GitServer.Item item(String mode, String name, ObjectId id) {
        return new GitServer.Item(mode, name, id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTreeHasFilesDirectoriesAndLinks(boolean http) throws Exception {
        var top = server.repository("top.git");
        ObjectId file = top.blob("text");
        top.main(
                item(DIRECTORY, "d", top.tree(item("100664", "group", file), item(REGULAR, "same", file))),
                item(LINK, "l", top.blob("d/same")),
                item(PROGRAM, "p", top.blob("#!")));
        assertThat(checkOut(http ? server.http("top.git") : server.git("top.git")))
                .containsOnly(
                        entry("", "755/"),
                        entry("d", "755/"),
                        entry("d/group", "644 text"),
                        entry("d/same", "644 text"),
                        entry("l", "-> d/same"),
                        entry("p", "755 #!"));
    }

    @Test
    void filesAreOwnedByRootAndHaveTheTimeOfTheCommit() throws Exception {
        var top = server.repository("top.git");
        top.main(item(REGULAR, "a", top.blob("a")));
        GitReference reference = GitReference.parse(server.git("top.git"));
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            assertThat(checkout.index().entries()).allSatisfy(entry -> {
                assertThat(entry.modified().seconds()).isEqualTo(1_700_000_000);
                assertThat(entry.userId() + entry.groupId()).isZero();
            });
        }
        reference = GitReference.parse(server.git("top.git") + "?mtime=checkout");
        try (GitCheckout checkout = source.checkout(reference, source.resolve(reference))) {
            assertThat(checkout.index().entries().stream().map(LayerEntry::modified))
                    .allSatisfy(time -> assertThat(time.seconds()).isGreaterThan(1_700_000_000));
        }
    }

    @Test
    void aNameIsABranchBeforeItIsATag() throws Exception {
        var top = server.repository("top.git");
        ObjectId first = top.main(item(REGULAR, "a", top.blob("1")));
        ObjectId second = top.main(item(REGULAR, "a", top.blob("2")));
        ObjectId tag = top.tag(first, "v1");
        top.reference("refs/heads/both", first);
        top.reference("refs/tags/both", second);
        top.reference("refs/tags/v1", tag);
        top.reference("refs/pull/1/head", first);
        String address = server.git("top.git");
        assertThat(resolve(address)).isEqualTo(new GitCommit(second.name(), "refs/heads/main", null));
        assertThat(resolve(address + "#both")).isEqualTo(new GitCommit(first.name(), "refs/heads/both", null));
        assertThat(resolve(address + "?tag=both")).isEqualTo(new GitCommit(second.name(), "refs/tags/both", null));
        assertThat(resolve(address + "#pull/1/head").name()).isEqualTo("refs/pull/1/head");
        assertThat(resolve(address + "#v1")).isEqualTo(new GitCommit(first.name(), "refs/tags/v1", tag.name()));
        assertThat(checkOut(address + "#v1")).containsEntry("a", "644 1");
        assertThatThrownBy(() -> resolve(address + "#v2"))
                .isInstanceOf(GitException.class)
                .hasMessage("repository " + address + " does not contain ref v2");
    }

    @Test
    void aWholeHashAsksNobodyAndNeedsNoName() throws Exception {
        var top = server.repository("top.git");
        ObjectId old = top.commit(top.tree(item(REGULAR, "a", top.blob("old"))));
        ObjectId now = top.commit(top.tree(item(REGULAR, "a", top.blob("new"))), old);
        top.reference("refs/heads/main", now);
        String address = server.git("top.git") + "#" + old.name();
        assertThat(resolve(address)).isEqualTo(new GitCommit(old.name(), null, null));
        assertThat(server.asked()).isEmpty();
        assertThat(checkOut(address)).containsEntry("a", "644 old");
        String missing = "0123456789012345678901234567890123456789";
        assertThatThrownBy(() -> checkOut(server.git("top.git") + "#" + missing))
                .hasMessageContaining("cannot fetch from " + server.git("top.git"));
    }

    @Test
    void aChecksumIsTheBeginningOfTheCommitOrItsTag() throws Exception {
        var top = server.repository("top.git");
        ObjectId commit = top.main(item(REGULAR, "a", top.blob("1")));
        ObjectId tag = top.tag(commit, "v1");
        top.reference("refs/tags/v1", tag);
        String address = server.git("top.git");
        assertThat(resolve(address + "?checksum=" + commit.name().substring(0, 9) + "#main")
                        .hash())
                .isEqualTo(commit.name());
        assertThat(resolve(address + "?checksum=" + tag.name() + "#v1").hash()).isEqualTo(commit.name());
        assertThatThrownBy(() -> resolve(address + "?checksum=0000#v1"))
                .hasMessage("expected checksum to match 0000, got " + tag.name() + " or " + commit.name());
        assertThatThrownBy(() -> resolve(address + "?checksum=0000#main"))
                .hasMessage("expected checksum to match 0000, got " + commit.name());
    }

    @Test
    void aSubdirectoryIsTheRoot() throws Exception {
        var top = server.repository("top.git");
        ObjectId inner = top.tree(item(DIRECTORY, "b", top.tree(item(REGULAR, "f", top.blob("f")))));
        top.main(item(DIRECTORY, "a", inner), item(LINK, "l", top.blob("a")));
        assertThat(checkOut(server.git("top.git") + "#main:a/b")).containsOnlyKeys("", "f");
        assertThatThrownBy(() -> checkOut(server.git("top.git") + "#main:l/b"))
                .hasMessage("git subdirectory 'l' is not a directory");
        assertThatThrownBy(() -> checkOut(server.git("top.git") + "#main:a/c"))
                .hasMessage("git subdirectory 'a/c' does not exist");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void submodulesArePartOfTheTree(boolean http) throws Exception {
        var deep = server.repository("deep");
        ObjectId deepCommit = deep.main(item(REGULAR, "deep", deep.blob("deep")));
        var sub = server.repository("sub");
        ObjectId subCommit = sub.main(
                item(REGULAR, ".gitmodules", sub.blob("[submodule \"x\"]\npath = in/x\nurl = ../deep\n")),
                item(DIRECTORY, "in", sub.tree(item(SUBMODULE, "x", deepCommit))));
        var top = server.repository("top.git");
        top.main(
                item(REGULAR, ".gitmodules", top.blob("[submodule \"s\"]\n\tpath = s\n\turl = ../sub\n")),
                item(SUBMODULE, "s", subCommit));
        String address = http ? server.http("top.git") : server.git("top.git");
        assertThat(checkOut(address)).containsEntry("s/in/x/deep", "644 deep").containsKey("s/.gitmodules");
        assertThat(checkOut(address + "?submodules=false")).containsOnlyKeys("", ".gitmodules", "s");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRepositoryThatIsNotThereIsUnavailableOnEveryWay(boolean http) {
        String address = http ? server.http("none.git") : server.git("none.git");
        assertThatThrownBy(() -> resolve(address))
                .isInstanceOfSatisfying(
                        GitException.class,
                        failure -> assertThat(failure.unavailable()).isTrue())
                .hasMessageStartingWith("cannot fetch from " + address + ": ")
                .hasMessageEndingWith("; does it exist, and is it public?");
    }

    /// As in a build: on a virtual thread, whose sockets end when it is interrupted.
    @Test
    void aServerThatIsSilentIsNotWaitedForLongerThanTheLimit() throws Exception {
        var limits = new GitLimits(1000, 1 << 20, 10_000, 1 << 20, 100, 100_000, 3, 1);
        var impatient = new GitSource(() -> Fd.inMemory("pack"), network, limits);
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "git://127.0.0.1:" + silent.getLocalPort() + "/r.git";
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answer = threads.submit(() -> impatient.resolve(GitReference.parse(address)));
                assertThatThrownBy(answer::get)
                        .cause()
                        .hasMessage("cannot fetch from " + address + ": no answer from 127.0.0.1 for 1 s");
            }
        }
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() throws Exception {
        assertThatThrownBy(() -> resolve("git@example.com:a/b"))
                .hasMessage("git over ssh is not supported yet: git@example.com:a/b; use its https address");
        server.repository("empty.git");
        assertThatThrownBy(() -> resolve(server.git("empty.git"))).hasMessage(server.git("empty.git") + " has no HEAD");
    }

    @Test
    void credentialsOfTheAddressAreSentToItsOriginAlone() throws Exception {
        server.repository("private.git").main();
        server.repository("top.git").main();
        assertThat(resolve(server.http("private.git").replace("http://", "http://u:p%40@"))
                        .name())
                .isEqualTo("refs/heads/main");
        assertThat(server.asked()).contains("GET /private.git/info/refs Basic dTpwQA==");
        assertThatThrownBy(() -> resolve(server.http("private.git"))).isInstanceOf(GitException.class);

        server.asked().clear();
        assertThat(resolve(server.http("private/moved/top.git").replace("http://", "http://u:p@"))
                        .name())
                .isEqualTo("refs/heads/main");
        assertThat(server.asked())
                .contains("GET /private/moved/top.git/info/refs Basic dTpw", "GET /top.git/info/refs");
        assertThat(server.asked())
                .noneMatch(line -> line.contains("/top.git") && !line.contains("/private/") && line.contains("Basic"));
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        var top = server.repository("top.git");
        top.main(item(REGULAR, "a", top.blob("a")));
        assertThat(checkOut(server.http("moved/top.git"))).containsEntry("a", "644 a");
    }
}
