package dev.jbuild.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.CacheRecord;
import dev.jbuild.cache.Store;
import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.LocalImage;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.Entries;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.LockTable;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A store in which steps are files with a text, and what tests ask of it.
final class StoreFixture {
    private final Path root;

    StoreFixture(Path root) {
        this.root = root;
    }

    Store open() throws IOException, InterruptedException {
        return Store.open(root);
    }

    static CacheKey key(String step, List<LayerId> inputs) {
        return CacheKey.of(operation(step), inputs, List.of());
    }

    private static ObjectNode operation(String step) {
        return OciJson.newObject().put("step", step);
    }

    /// Does a step, or finds that it was done.
    ///
    /// @return its layer
    static LayerId step(Store store, String step, List<LayerId> inputs, Duration took) throws Exception {
        CacheKey key = key(step, inputs);
        var known = store.cache().find(key);
        if (known.isPresent()) {
            return known.get().layer();
        }
        try (LockTable.Hold lock = store.cache().lock(key)) {
            known = store.cache().find(key);
            if (known.isPresent()) {
                return known.get().layer();
            }
            Entries entries = new Entries().directory("d").file("d/f", step);
            Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
            var record = CacheRecord.of(operation(step), inputs, List.of(), layer.id(), step);
            store.cache().put(lock, record.took(took));
            return layer.id();
        }
    }

    /// A chain of steps, and an image of them.
    ///
    /// @return the layers
    static List<LayerId> build(Store store, String name, int steps) throws Exception {
        List<LayerId> layers = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            layers.add(step(
                    store,
                    "step " + i + (name.isEmpty() || i < (steps + 1) / 2 ? "" : " of " + name),
                    List.copyOf(layers),
                    Duration.ofSeconds(1)));
        }
        tag(store, name, layers);
        return layers;
    }

    static void tag(Store store, String name, List<LayerId> layers) throws Exception {
        Descriptor config =
                store.blobs().put(MediaType.OCI_CONFIG, ("config " + layers).getBytes(StandardCharsets.UTF_8));
        var each = layers.stream().map(id -> new ImageLayer(id, null, null)).toList();
        var image = new LocalImage(config, each, Instant.now());
        store.images().tag(name.isEmpty() ? config.digest().toString() : name, image);
        store.committer().flush();
    }

    static void check(Store store, List<LayerId> layers) throws Exception {
        for (LayerId id : layers) {
            var layer = Layer.stored(id);
            store.layers().verify(layer);
            Object ignored = store.layers().blob(layer, Compression.GZIP);
        }
    }

    Collection prune(Policy policy) throws IOException, InterruptedException {
        try (StateDirectory state = StateDirectory.open(root)) {
            return GarbageCollector.collect(state, StoredLayers.Measure.EXACT, policy);
        }
    }

    Inventory inventory() throws IOException, InterruptedException {
        try (StateDirectory state = StateDirectory.open(root)) {
            return Inventory.of(state, StoredLayers.Measure.EXACT);
        }
    }

    /// Makes something look as if it had not been used for a time.
    void age(ByteString path, Duration age) throws IOException {
        Files.setLastModifiedTime(
                root.resolve("v1").resolve(path.toString()),
                FileTime.from(Instant.now().minus(age)));
    }

    void ageLayer(LayerId id, List<LayerId> inputs, String step, Duration age) throws IOException {
        age(StateDirectory.layer(id).resolve(ByteString.of("index")), age);
        age(StateDirectory.key(key(step, inputs).hex()), age);
    }

    static Policy everything() {
        return new Policy(List.of(), true, null, null, 0, Duration.ZERO);
    }

    static Policy dangling() {
        return new Policy(List.of(), false, null, null, 0, Duration.ZERO);
    }

    static Policy filtered(boolean all, String... filters) {
        return new Policy(List.of(filters).stream().map(ItemFilter::parse).toList(), all, null, null, 0, Duration.ZERO);
    }

    static List<String> kinds(Collection done) {
        return done.removed().stream()
                .map(item -> item.kind().label() + " " + item.description())
                .toList();
    }
}
