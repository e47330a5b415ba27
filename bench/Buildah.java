import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Buildah with its layer cache, in the first kind of isolation that works on this machine.
///
/// @param configuration `registries.conf` that leads `docker.io` to our registry
/// @param isolation options of `buildah build`
record Buildah(Path directory, Path configuration, List<String> isolation, Path log, String version)
        implements Builder {
    private static final List<List<String>> ISOLATIONS = List.of(
            List.of("--isolation", "oci", "--runtime", "runc"),
            List.of("--isolation", "oci"),
            List.of("--isolation", "chroot"));

    /// {@return why it cannot take part; empty when it can}
    static String missing() {
        return Files.isExecutable(Path.of("/usr/bin/buildah")) ? "" : "buildah";
    }

    /// Tries the kinds of isolation on `probe`, a context whose Dockerfile has a RUN.
    static Buildah of(Workspace work, String mirror, Path probe) throws IOException, InterruptedException {
        Path directory = work.directory("buildah");
        Path configuration = Files.writeString(directory.resolve("registries.conf"), """
                unqualified-search-registries = ["docker.io"]
                [[registry]]
                location = "docker.io"
                [[registry.mirror]]
                location = "%s"
                insecure = true
                """.formatted(mirror));
        Path log = work.log("buildah");
        String version = Command.of("buildah", "--version").output(log).replaceAll(" \\(.*", "");
        IOException refused = new IOException("no isolation is known");
        for (List<String> isolation : ISOLATIONS) {
            var buildah =
                    new Buildah(directory, configuration, isolation, log, version + ", " + String.join(" ", isolation));
            try {
                buildah.build(probe, "probe").run(log);
                return buildah;
            } catch (IOException failed) {
                refused = failed;
            }
        }
        throw refused;
    }

    @Override
    public String name() {
        return "buildah";
    }

    @Override
    public Command build(Path context, String tag) {
        List<String> more = new ArrayList<>(List.of("build", "--layers", "--network", "host"));
        more.addAll(isolation);
        more.addAll(List.of("-t", tag, context.toString()));
        return command().with(more.toArray(String[]::new));
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        command().with("rmi", "--all", "--force").run(log);
    }

    private Command command() {
        return new Command(
                List.of(
                        "buildah",
                        "--root=" + directory.resolve("store"),
                        "--runroot=" + directory.resolve("run"),
                        "--storage-driver=overlay"),
                Map.of("CONTAINERS_REGISTRIES_CONF", configuration.toString()));
    }
}
