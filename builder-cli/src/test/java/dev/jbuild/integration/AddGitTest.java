package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// ADD of git repositories in whole builds.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class AddGitTest {
    private final Map<String, InMemoryRepository> repositories = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private Daemon daemon;
    private Path context;
    private Path out;

    @BeforeEach
    void prepare() throws Exception {
        daemon = new Daemon(new InetSocketAddress("127.0.0.1", 0));
        daemon.setRepositoryResolver((_, name) -> {
            asked.add(name);
            InMemoryRepository repository = repositories.get(name);
            repository.incrementOpen();
            return repository;
        });
        daemon.start();
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
    }

    @AfterEach
    void stop() {
        daemon.stop();
    }

    @Test
    void aBranchIsCheckedOutAgainWhenItMoves() throws Exception {
        ObjectId sub = publish("sub", item("100644", "s", blob("sub", "sub")));
        publishTop(sub, "one");
        String steps = "FROM scratch\nADD " + address("top") + "#main /x/\n";

        assertThat(build(steps).orFail().err())
                .contains(" " + address("top") + "#main\n")
                .doesNotContain("CACHED");
        assertThat(files()).containsExactly("x/.gitmodules 644", "x/f 644", "x/sub/s 644");
        assertThat(Files.readString(out.resolve("x/f"))).isEqualTo("one");

        asked.clear();
        assertThat(build(steps).orFail().err())
                .contains("#1 CACHED", "#2 CACHED")
                .doesNotContain("DONE");
        assertThat(asked).containsExactly("top");

        publishTop(sub, "two");
        assertThat(build(steps).orFail().err()).doesNotContain("CACHED");
        assertThat(Files.readString(out.resolve("x/f"))).isEqualTo("two");
    }

    @Test
    void aWholeHashAsksNobodyAgain() throws Exception {
        ObjectId commit = publish("r", item("100755", "p", blob("r", "#!")));
        String steps = "FROM scratch\nADD --checksum=" + commit.name().substring(0, 12) + " " + address("r") + "#"
                + commit.name() + " /\n";

        build(steps).orFail();
        daemon.stop();
        assertThat(build(steps).orFail().err()).doesNotContain("DONE");
        assertThat(files()).containsExactly("p 755");
    }

    @Test
    void aKeptGitDirectoryIsOneThatGitReads() throws Exception {
        ObjectId commit = publish("r", item("100644", "f", blob("r", "f")));

        build("FROM scratch\nADD --keep-git-dir " + address("r") + " /r/\n").orFail();

        ExternalCommand git = ExternalCommand.of("git", "-c", "safe.directory=*", "log", "--format=%H")
                .in(out.resolve("r"));
        assertThat(git.run().orFail().out()).isEqualTo(commit.name() + "\n");
    }

    @Test
    void anotherCommitThanTheChecksumIsAnErrorWithItsPlace() throws Exception {
        ObjectId commit = publish("r", item("100644", "f", blob("r", "f")));

        var result = build("FROM scratch\nADD --checksum=0123abc " + address("r") + " /\n");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Dockerfile:2:")
                .contains("expected checksum to match 0123abc, got " + commit.name());
    }

    @Test
    void aServerThatIsNotThereIsAFailureOfTheNetworkWithItsPlace() throws Exception {
        String address = address("r");
        daemon.stop();

        var result = build("FROM scratch\nADD " + address + " /\n");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("   2 | >>> ADD").contains("jbuild: cannot fetch from " + address + ": ");
    }

    private String address(String name) {
        return "git://127.0.0.1:" + daemon.getAddress().getPort() + "/" + name;
    }

    private void publishTop(ObjectId sub, String text) throws IOException {
        publish(
                "top",
                item("100644", ".gitmodules", blob("top", "[submodule \"s\"]\npath = sub\nurl = ../sub\n")),
                item("100644", "f", blob("top", text)),
                item("160000", "sub", sub));
    }

    private record Item(String mode, String name, ObjectId id) {}

    private static Item item(String mode, String name, ObjectId id) {
        return new Item(mode, name, id);
    }

    private ObjectId blob(String repository, String text) throws IOException {
        return insert(repository, Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Makes a tree the new `main` of a repository.
    private ObjectId publish(String name, Item... items) throws IOException {
        var tree = new ByteArrayOutputStream();
        for (Item item : items) {
            tree.writeBytes((item.mode + " " + item.name + "\0").getBytes(StandardCharsets.UTF_8));
            var hash = new byte[Constants.OBJECT_ID_LENGTH];
            item.id.copyRawTo(hash, 0);
            tree.writeBytes(hash);
        }
        String text =
                "tree " + insert(name, Constants.OBJ_TREE, tree.toByteArray()).name()
                        + "\nauthor A <a@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000\n\nmessage\n";
        ObjectId commit = insert(name, Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.UTF_8));
        RefUpdate main = repositories.get(name).updateRef("refs/heads/main");
        main.setNewObjectId(commit);
        main.setForceUpdate(true);
        main.update();
        repositories.get(name).updateRef(Constants.HEAD, false).link("refs/heads/main");
        return commit;
    }

    private ObjectId insert(String name, int type, byte[] bytes) throws IOException {
        InMemoryRepository repository =
                repositories.computeIfAbsent(name, key -> new InMemoryRepository(new DfsRepositoryDescription(key)));
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(type, bytes);
            inserter.flush();
            return id;
        }
    }

    private Stream<String> files() throws Exception {
        return ExternalCommand.of("find", out.toString(), "-type", "f", "-printf", "%P %m\n")
                .run()
                .out()
                .lines()
                .sorted();
    }

    private ExternalCommand.Result build(String dockerfile) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return new Jbuild(directory.resolve("store")).run("-o", "type=local,dest=" + out, context.toString());
    }
}
