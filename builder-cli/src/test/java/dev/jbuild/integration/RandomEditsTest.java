package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.cache.Store;
import dev.jbuild.context.ContextException;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.LocalImage;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.registry.RegistryMirrors;
import dev.jbuild.snapshot.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// After every edit of a context, the image that the cache gives is the one that a build without any cache gives.
///
/// `-Djbuild.edits=10000` makes more edits, `-Djbuild.seed=N` other ones.
@Timeout(value = 3, unit = TimeUnit.HOURS)
class RandomEditsTest {
    private static final int EDITS = Integer.getInteger("jbuild.edits", 300);
    private static final long SEED = Long.getLong("jbuild.seed", 1);
    private static final ImageReference NAME = ImageReference.parse("edited");

    private static final List<String> DOCKERFILES = List.of(
            "FROM scratch\nCOPY . /\n",
            "FROM scratch\nWORKDIR /w\nCOPY --chmod=0640 . ./\n",
            "FROM scratch AS a\nCOPY . /s/\nFROM scratch\nCOPY --from=a /s/d1 /x/\nCOPY --from=a --link /s /y\n",
            "FROM scratch\nCOPY --exclude=*.txt --exclude=d*/f1 . /\n",
            "FROM scratch\nCOPY --parents . /p/\nCOPY f* /q/\n",
            "FROM scratch\nCOPY d1 /d1\nADD --chown=5:6 . /z\n",
            "FROM scratch AS a\nCOPY . /\nFROM a AS b\nCOPY d* /o/\nFROM scratch\nCOPY --from=b /o* /\n");

    @TempDir
    Path directory;

    private Path context;
    private Path dockerfile;

    @BeforeEach
    void prepare() throws Exception {
        Needs.root();
        context = Files.createDirectory(directory.resolve("context"));
        dockerfile = directory.resolve("Dockerfile");
    }

    @Test
    void theCacheGivesWhatABuildWithoutItGives() throws Exception {
        var edits = new ContextEdits(context, SEED);
        var random = new Random(SEED);
        int built = 0;
        for (int i = 0; i < EDITS; i++) {
            String edit = edits.next();
            String text = DOCKERFILES.get(random.nextInt(DOCKERFILES.size()));
            Files.writeString(dockerfile, text);
            String cached = build(directory.resolve("store"), FreshStages.NONE);
            String fresh = build(directory.resolve("fresh"), FreshStages.ALL);
            forget("fresh");

            assertThat(cached)
                    .as("after edit %d of seed %d: %s, built by\n%s", i, SEED, edit, text)
                    .isEqualTo(fresh);
            built += cached.startsWith("failed") ? 0 : 1;
        }
        // What cannot be built is compared by its message: a name that is gone, a link to nothing. Enough can.
        assertThat(built).isGreaterThan(EDITS / 3);
    }

    /// {@return the files of the image's layers, or why there is none}
    private String build(Path root, FreshStages fresh) throws Exception {
        var request = BuildRequest.of(context)
                .dockerfile(dockerfile)
                .tag(NAME)
                .fresh(fresh)
                .build();
        try {
            ImageBuild.run(request, new BuildSettings(root, RegistryMirrors.NONE, event -> {}));
        } catch (DockerfileException | ContextException failure) {
            return "failed: " + failure.getMessage();
        }
        try (Store store = Store.open(root)) {
            LocalImage image = store.images().find(NAME.toString()).orElseThrow();
            var files = new StringBuilder();
            for (ImageLayer each : image.layers()) {
                var layer = Layer.stored(each.id());
                store.layers().verify(layer);
                files.append("layer\n");
                for (LayerEntry entry : store.layers().index(layer).entries()) {
                    files.append(comparable(entry)).append('\n');
                }
            }
            return files.toString();
        }
    }

    /// Keys know nothing of times and of which names share a file.
    private static LayerEntry comparable(LayerEntry entry) {
        return entry.withModified(Timestamp.EPOCH).withHardLink(null);
    }

    private void forget(String store) throws Exception {
        try (Directory parent = Directory.open(ByteString.of(directory.toString()))) {
            parent.deleteRecursively(ByteString.of(store));
        }
    }
}
