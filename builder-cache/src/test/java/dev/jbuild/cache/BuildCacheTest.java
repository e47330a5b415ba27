package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.Entries;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.state.LockTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BuildCacheTest {
    @TempDir
    Path temporary;

    private Store store;
    private BuildCache cache;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(temporary.resolve("state"));
        cache = store.cache();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private Layer layer() throws Exception {
        Entries entries = new Entries().file("a", "x");
        return store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
    }

    private static CacheRecord record(String argument, Layer layer) {
        ObjectNode operation = OciJson.newObject();
        operation.putArray("argv").add(argument);
        var read = new Read(
                ByteString.ofBytes(new byte[] {(byte) 0xff, '\\'}),
                Digest.ofBytes("x".getBytes(StandardCharsets.UTF_8)));
        var input = LayerId.parse("d:" + "5".repeat(64));
        return CacheRecord.of(operation, List.of(input), List.of(read), layer.id(), "RUN " + argument);
    }

    private CacheRecord put(String argument) throws Exception {
        CacheRecord record = record(argument, layer());
        try (LockTable.Hold lock = cache.lock(record.key())) {
            cache.put(lock, record);
        }
        return record;
    }

    private Path file(CacheKey key) {
        return temporary.resolve("state/v1/keys/" + key.hex().substring(0, 2) + "/" + key.hex());
    }

    @Test
    void aRecordIsFoundAtOnceAndAfterItIsDurable() throws Exception {
        CacheRecord record = put("a");
        assertThat(cache.find(record.key())).contains(record);
        assertThat(file(record.key())).doesNotExist();
        store.committer().flush();
        assertThat(file(record.key())).exists();
        assertThat(cache.find(record.key())).contains(record);
        assertThat(temporary.resolve("state/v1/locks/keys")).isEmptyDirectory();
        try (Store other = Store.open(temporary.resolve("state"))) {
            assertThat(other.cache().find(record.key())).contains(record);
        }
    }

    @Test
    void anotherKeyIsAMiss() throws Exception {
        CacheRecord record = put("a");
        assertThat(cache.find(record("b", Layer.stored(record.layer())).key())).isEmpty();
    }

    @Test
    void aRecordWhoseLayerIsGoneIsAMiss() throws Exception {
        CacheRecord record = put("a");
        store.committer().flush();
        Path layer = temporary.resolve("state/v1/layers/" + record.layer().directoryName());
        Files.move(layer.resolve("tree"), layer.resolve("elsewhere"));
        assertThat(cache.find(record.key())).isEmpty();
        Files.move(layer.resolve("elsewhere"), layer.resolve("tree"));
        assertThat(cache.find(record.key())).isPresent();
        Files.move(layer, layer.resolveSibling("elsewhere"));
        assertThat(cache.find(record.key())).isEmpty();
        assertThat(file(record.key())).exists();
    }

    @Test
    void whatIsDamagedOrNewerIsAMissAndStays() throws Exception {
        CacheRecord record = put("a");
        CacheRecord other = put("b");
        store.committer().flush();
        byte[] good = Files.readAllBytes(file(record.key()));
        String text = new String(good, StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                text.substring(0, 1),
                text.substring(0, text.length() - 1),
                text + text,
                text.replace("\"v\":1", "\"v\":2"),
                text.replace("\"i:", "\"j:"),
                text.replace("sha256:", "sha257:"),
                text.replace("\"op\":{", "\"oq\":{"),
                text.replace("Z\"", "Y\""),
                "[]",
                "null")) {
            Files.writeString(file(record.key()), bad);
            assertThat(cache.find(record.key())).as(bad).isEmpty();
            assertThat(file(record.key())).hasContent(bad);
        }
        Files.copy(file(other.key()), file(record.key()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(cache.find(record.key())).as("swapped").isEmpty();
        Files.delete(file(record.key()));
        Files.createDirectory(file(record.key()));
        assertThat(cache.find(record.key())).isEmpty();
    }

    @Test
    void noFlippedBitIsEverBelievedOrFatal() throws Exception {
        CacheRecord record = put("a");
        store.committer().flush();
        byte[] good = Files.readAllBytes(file(record.key()));
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(file(record.key()), bad);
            // The layer, which decides what is built, is never another one that is there.
            cache.find(record.key())
                    .ifPresent(found -> assertThat(found.layer()).isEqualTo(record.layer()));
        }
    }

    @Test
    void whoWaitsForALockFindsTheRecord() throws Exception {
        CacheRecord record = record("a", layer());
        LockTable.Hold lock = cache.lock(record.key());
        var waiter = new FutureTask<>(() -> {
            try (LockTable.Hold second = cache.lock(record.key())) {
                assertThat(second).isNotNull();
                return cache.find(record.key()).orElseThrow();
            }
        });
        Thread.startVirtualThread(waiter);
        Thread.sleep(50);
        cache.put(lock, record);
        lock.close();
        assertThat(waiter.get(500, TimeUnit.MILLISECONDS)).isEqualTo(record);
    }
}
