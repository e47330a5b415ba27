package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.oci.Digest;
import dev.jbuild.remote.FileAddress;
import dev.jbuild.remote.RemoteFile;
import dev.jbuild.remote.Validators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadMemoTest {
    private static final FileAddress ADDRESS = FileAddress.parse("https://user:password@host/path?token=secret");
    private static final Digest DIGEST = Digest.ofBytes(new byte[] {1});
    private static final RemoteFile FILE =
            new RemoteFile(new Validators("W/\"1\"", "a time"), DIGEST, 1, Instant.ofEpochSecond(784111777));

    @TempDir
    Path temporary;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(temporary.resolve("state"));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void lastDownloadIsRemembered() throws Exception {
        var bare = new RemoteFile(new Validators(null, null), DIGEST, 0, Instant.EPOCH);
        store.downloads().put(ADDRESS, bare);
        assertThat(store.downloads().find(ADDRESS)).contains(bare);
        store.downloads().put(ADDRESS, FILE);
        store.committer().flush();

        assertThat(store.downloads().find(ADDRESS)).contains(FILE);
        assertThat(store.downloads().find(FileAddress.parse("https://host/path?token=secret")))
                .isEmpty();
    }

    @Test
    void addressesAreNotWrittenDown() throws Exception {
        store.downloads().put(ADDRESS, FILE);
        store.committer().flush();

        assertThat(Files.readString(reference())).doesNotContain("password", "secret", "host");
    }

    @Test
    void damagedMemoryIsNone() throws Exception {
        store.downloads().put(ADDRESS, FILE);
        store.committer().flush();
        for (String damage : List.of("", "{}", Files.readString(reference()).replace("sha256:4b", "sha256:"))) {
            Files.writeString(reference(), damage);
            assertThat(store.downloads().find(ADDRESS)).isEmpty();
        }
    }

    private Path reference() throws Exception {
        try (Stream<Path> files = Files.list(temporary.resolve("state/v1/refs"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
