package dev.jbuild.integration;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.build.NamedContext;
import dev.jbuild.build.Output;
import dev.jbuild.cache.Store;
import dev.jbuild.collect.GarbageCollector;
import dev.jbuild.collect.Policy;
import dev.jbuild.collect.Problem;
import dev.jbuild.collect.StoreCheck;
import dev.jbuild.event.BuildListener;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.registry.RegistryMirrors;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A store in which an old version of an image was built, and its new version, whose build will be disturbed.
///
/// Everything that is in the image has a time of its own, so each build of one version makes the same bytes.
final class CrashScene {
    private static final String TAG = "docker.io/library/app:latest";
    private static final String OLD = """
            FROM scratch
            ARG SOURCE_DATE_EPOCH
            COPY tree /
            """;
    private static final String NEW = """
            FROM busybox AS made
            ARG SOURCE_DATE_EPOCH
            COPY tree /tree
            RUN mkdir -p /made/d && echo 1 > /made/f && ln /made/f /made/d/g && rm /tree/0 && touch -d @0 /made /made/* /tree
            FROM busybox
            ARG SOURCE_DATE_EPOCH
            COPY --from=made /made /copied
            COPY tree /tree
            RUN cat /copied/f /tree/1 > /both && rm -r /tree && touch -d @0 /both
            """;

    private final Path directory;
    private final Path context;
    private final Path base;

    private CrashScene(Path directory, Path base) {
        this.directory = directory;
        this.context = directory.resolve("context");
        this.base = base;
    }

    /// Builds the old version in an empty directory.
    static CrashScene in(Path directory) throws Exception {
        var scene = new CrashScene(directory, BaseImages.smallBusybox());
        Path tree = Files.createDirectories(scene.context.resolve("tree").resolve("deep"))
                .getParent();
        for (int i = 0; i < 4; i++) {
            Files.writeString(tree.resolve(Integer.toString(i)), "content " + i);
        }
        Files.writeString(tree.resolve("deep/file"), "x".repeat(1 << 18));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("deep/file"));
        scene.dockerfile(OLD);
        scene.at("old").build();
        scene.dockerfile(NEW);
        return scene;
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private World at(String name) {
        return new World(directory.resolve(name));
    }

    /// {@return a copy of the state after the old version}
    World copy() throws Exception {
        var copy = at("copy");
        ExternalCommand.of("rm", "-rf", copy.top.toString()).run().orFail();
        ExternalCommand.of("cp", "-a", directory.resolve("old").toString(), copy.top.toString())
                .run()
                .orFail();
        return copy;
    }

    /// {@return the state after the old version itself, to look at}
    World old() {
        return at("old");
    }

    /// A store and the outputs of its builds.
    final class World {
        private final Path top;
        private final Path store;
        private final Path outputs;

        private World(Path top) {
            this.top = top;
            this.store = top.resolve("store");
            this.outputs = top.resolve("outputs");
        }

        /// Builds in this process, undisturbed.
        ///
        /// @return the digest of the image's config
        String build() throws Exception {
            var request = BuildRequest.of(context)
                    .dockerfile(context.resolve("Dockerfile"))
                    .buildArgument("SOURCE_DATE_EPOCH", "0")
                    .namedContext("busybox", new NamedContext.OciLayout(base, "latest"))
                    .tag(ImageReference.parse("app"))
                    .output(new Output.Oci(outputs.resolve("layout"), false, false))
                    .output(new Output.Oci(outputs.resolve("app.tar"), true, false))
                    .build();
            var settings = new BuildSettings(store, RegistryMirrors.parse(List.of()), BuildListener.none());
            return ImageBuild.run(request, settings).configDigest().toString();
        }

        void prune() throws Exception {
            try (StateDirectory state = StateDirectory.open(store)) {
                GarbageCollector.collect(
                        state, StoredLayers.Measure.EXACT, new Policy(List.of(), false, null, null, 0, Duration.ZERO));
            }
        }

        List<Problem> check() throws Exception {
            try (Store opened = Store.open(store)) {
                return StoreCheck.check(opened, true);
            }
        }

        /// {@return the command of a disturbed phase, as a process of its own}
        ///
        /// @param options of the Java virtual machine
        ExternalCommand command(Phase phase, List<String> options) {
            var words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED"));
            words.addAll(options);
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.jbuild.cli.Main"));
            words.addAll(
                    switch (phase) {
                        case BUILD -> buildWords();
                        case PRUNE -> List.of("prune");
                    });
            words.addAll(List.of("--root", store.toString()));
            return ExternalCommand.of(words).with("LC_ALL", "C.UTF-8").with("JBUILD_CACHE_MAX", "off");
        }

        private List<String> buildWords() {
            return List.of(
                    "build",
                    "--quiet",
                    "--build-arg=SOURCE_DATE_EPOCH=0",
                    "--build-context=busybox=oci-layout://" + base + ":latest",
                    "--tag=app",
                    "--output=type=oci,tar=false,dest=" + outputs.resolve("layout"),
                    "--output=type=oci,dest=" + outputs.resolve("app.tar"),
                    context.toString());
        }

        /// {@return the digest of the config of the image that has the tag, without opening the store}
        String tagged() throws IOException {
            String text = "";
            for (Path file : files(store.resolve("v1/refs"))) {
                String content = Files.readString(file);
                text = content.contains(TAG) ? content : text;
            }
            int config = text.indexOf("\"digest\"", text.indexOf("\"config\""));
            int start = text.indexOf("sha256:", config);
            return text.isEmpty() ? "no image" : text.substring(start, start + "sha256:".length() + 64);
        }

        /// {@return the digest of each output}
        List<String> outputs() throws Exception {
            var digests = new ArrayList<String>();
            for (Path output : List.of(outputs.resolve("layout"), outputs.resolve("app.tar"))) {
                String script = "cd " + outputs + " && find " + output.getFileName()
                        + " -type f | sort | xargs sha256sum | sha256sum";
                digests.add(
                        ExternalCommand.of("sh", "-c", script).run().orFail().out());
            }
            return digests;
        }

        /// {@return the path of everything in the store and beside the outputs, without the bytes of layers and}
        /// without what is known of the context: that depends on how old its files were
        List<String> listing() throws IOException {
            var lines = new ArrayList<String>();
            for (Path file : files(top)) {
                String path = top.relativize(file).toString();
                if (!path.contains("/tree/")
                        && !path.startsWith("store/v1/context/")
                        && !path.startsWith("outputs/layout/")) {
                    lines.add(path);
                }
            }
            return lines;
        }

        /// {@return the lines of the mount table that lead into it}
        List<String> mounts() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
                return lines.filter(line -> line.contains(top.toString())).toList();
            }
        }
    }

    /// What can be disturbed.
    enum Phase {
        BUILD,
        PRUNE
    }

    private static List<Path> files(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> !file.equals(top)).sorted().toList();
        }
    }
}
