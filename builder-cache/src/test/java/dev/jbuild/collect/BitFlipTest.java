package dev.jbuild.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.Store;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Digest;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.state.StateException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One bit of the store is another one; the next build makes the same image, or fails and the one after it does.
@Timeout(600)
class BitFlipTest {
    private static final int FLIPS = Integer.getInteger("jbuild.flips", 100);
    private static final int STEPS = 4;

    @TempDir
    Path temporary;

    @Test
    void noFlippedBitGetsIntoAnImage() throws Exception {
        Path good = temporary.resolve("good");
        String image;
        try (Store store = new StoreFixture(good).open()) {
            image = image(store);
        }
        var random = new Random(42);
        int failed = 0;
        int rebuilt = 0;
        int found = 0;
        for (int time = 0; time < FLIPS; time++) {
            Path copy = temporary.resolve("copy-" + time);
            copy(good, copy);
            List<Path> files = files(copy.resolve("v1"));
            Path file = files.get(random.nextInt(files.size()));
            byte[] content = Files.readAllBytes(file);
            int bit = random.nextInt(content.length * 8);
            content[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, content);
            String where = file + " bit " + bit;
            var fixture = new StoreFixture(copy);
            if (time % 2 == 0) {
                try (Store store = fixture.open()) {
                    found += StoreCheck.check(store, true).isEmpty() ? 0 : 1;
                }
            }
            String first = build(fixture);
            String again = first.isEmpty() ? build(fixture) : first;
            failed += first.isEmpty() ? 1 : 0;
            assertThat(again).as(where).isNotEmpty();
            if (!again.equals(image)) {
                // A step ran again: its time is another, its bytes are not.
                rebuilt++;
            }
            assertThat(layersOf(again)).as(where).isEqualTo(layersOf(image));
            delete(copy);
        }
        System.out.println(FLIPS + " flips: " + failed + " builds failed once, " + rebuilt + " ran a step again, "
                + found + " of " + (FLIPS + 1) / 2 + " were found by a deep check");
    }

    private static String layersOf(String image) {
        return image.substring(image.indexOf('|'));
    }

    /// {@return the image, or nothing when the build failed with one line}
    private static String build(StoreFixture fixture) throws Exception {
        try (Store store = fixture.open()) {
            return image(store);
        } catch (StateException | CorruptContentException damaged) {
            return "";
        }
    }

    /// {@return everything that an exported image is made of}
    private static String image(Store store) throws Exception {
        List<LayerId> layers = StoreFixture.build(store, "app", STEPS);
        var times = new ArrayList<String>();
        var text = new StringBuilder();
        for (int i = 0; i < layers.size(); i++) {
            var layer = Layer.stored(layers.get(i));
            var tar = new java.io.ByteArrayOutputStream();
            store.layers().writeTar(layer, tar);
            text.append('|').append(store.layers().diffId(layer));
            text.append('|').append(store.layers().blob(layer, Compression.GZIP));
            text.append('|').append(Digest.ofBytes(tar.toByteArray()));
            String step = "step " + i + (i < (STEPS + 1) / 2 ? "" : " of app");
            times.add(store.cache()
                    .find(StoreFixture.key(step, layers.subList(0, i)))
                    .map(CacheRecord::created)
                    .orElseThrow()
                    .toString());
        }
        store.committer().flush();
        return "created " + Digest.ofBytes(times.toString().getBytes(StandardCharsets.UTF_8)) + text.toString();
    }

    private static List<Path> files(Path directory) throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void delete(Path directory) throws Exception {
        assertThat(new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor())
                .isZero();
    }
}
