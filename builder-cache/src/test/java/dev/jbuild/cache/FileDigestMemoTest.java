package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.context.FileFacts;
import dev.jbuild.context.FileKey;
import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestMemoTest {
    private static final ByteString CONTEXT = ByteString.of("/home/u/project");
    private static final ByteString STRANGE = ByteString.ofBytes(new byte[] {'a', '/', (byte) 0xff});

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

    private static FileKey key(ByteString path, long changed) {
        return new FileKey(path, 1, 2, 3, -4, 5, changed, 7);
    }

    private static FileFacts facts(String content) {
        return new FileFacts(
                Digest.ofBytes(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)), ExtendedAttributes.NONE);
    }

    private FileDigestMemo saved() throws Exception {
        FileDigestMemo memo = store.digestMemo(CONTEXT);
        memo.store(key(STRANGE, 6), facts("x"));
        memo.save();
        return memo;
    }

    private Path file() throws Exception {
        try (var files = Files.list(temporary.resolve("state/v1/context"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void whatIsSavedIsKnownToTheNextBuild() throws Exception {
        FileDigestMemo memo = store.digestMemo(CONTEXT);
        var attributes = new TreeMap<ByteString, ByteString>();
        attributes.put(ByteString.of("user.x"), ByteString.EMPTY);
        var special = new FileFacts(facts("y").contentDigest(), attributes);
        memo.store(key(ByteString.of("b"), 6), special);
        memo.store(key(STRANGE, 6), facts("x"));
        assertThat(memo.find(key(STRANGE, 6))).isEqualTo(facts("x"));
        memo.save();
        FileDigestMemo next = store.digestMemo(CONTEXT);
        assertThat(next.find(key(STRANGE, 6))).isEqualTo(facts("x"));
        assertThat(next.find(key(ByteString.of("b"), 6))).isEqualTo(special);
        assertThat(store.digestMemo(ByteString.of("/elsewhere")).find(key(STRANGE, 6)))
                .isNull();
    }

    @Test
    void anyChangeOfTheFileIsUnknown() throws Exception {
        FileDigestMemo memo = saved();
        assertThat(memo.find(key(STRANGE, 7))).isNull();
        assertThat(memo.find(key(ByteString.of("other"), 6))).isNull();
        memo.store(key(STRANGE, 7), facts("new"));
        assertThat(memo.find(key(STRANGE, 6))).isNull();
        assertThat(memo.find(key(STRANGE, 7))).isEqualTo(facts("new"));
    }

    @Test
    void aDamagedFileIsAsIfItWereNotThere() throws Exception {
        saved();
        byte[] good = Files.readAllBytes(file());
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file(), bad);
            assertThat(store.digestMemo(CONTEXT).find(key(STRANGE, 6))).isNull();
        }
        for (int length = 0; length < good.length; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(store.digestMemo(CONTEXT).find(key(STRANGE, 6))).isNull();
        }
    }

    @Test
    void nothingIsWrittenWhenNothingIsNew() throws Exception {
        saved();
        Files.delete(file());
        FileDigestMemo memo = store.digestMemo(CONTEXT);
        memo.save();
        assertThat(temporary.resolve("state/v1/context")).isEmptyDirectory();
    }
}
