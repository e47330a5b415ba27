import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A registry on the loopback address with the one image that all Dockerfiles here begin with: `debian:bookworm`, a
/// minimal Debian of 180 MB in one gzip layer.
final class Registry {
    /// Kept between runs, since it takes a minute; the integration tests make the same one in the same place.
    private static final Path LAYOUT = Path.of("/var/cache/jbuild-tests/debian");

    private Registry() {}

    /// Starts it, to end with the workspace.
    ///
    /// @return its address
    static String start(Workspace work) throws IOException, InterruptedException {
        makeLayout(work);
        Path directory = work.directory("registry");
        String address = "127.0.0.1:" + Workspace.freePort();
        Path configuration =
                Files.writeString(directory.resolve("registry.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: %s}
                """.formatted(directory.resolve("data"), address));
        work.serve(Command.of("docker-registry", "serve", configuration.toString()));
        String image = "docker://" + address + "/library/debian:bookworm";
        Command push =
                Command.of("skopeo", "copy", "-q", "--dest-tls-verify=false", "oci:" + LAYOUT + ":latest", image);
        work.await("docker-registry", () -> push.run(work.log("skopeo")));
        return address;
    }

    private static void makeLayout(Workspace work) throws IOException, InterruptedException {
        if (Files.exists(LAYOUT)) {
            return;
        }
        System.err.println("bench: making a Debian base image, once for this machine");
        Files.createDirectories(LAYOUT.getParent());
        Path making = Files.createTempDirectory(LAYOUT.getParent(), "debian");
        try {
            Path log = work.log("base");
            Path layout = making.resolve("layout");
            String image = layout + ":latest";
            String tar = making.resolve("base.tar").toString();
            Command.of("mmdebstrap", "--variant=minbase", "bookworm", tar).run(log);
            Command.of("umoci", "init", "--layout", layout.toString()).run(log);
            Command.of("umoci", "new", "--image", image).run(log);
            Command.of("umoci", "raw", "add-layer", "--image", image, tar).run(log);
            Command.of("umoci", "gc", "--layout", layout.toString()).run(log);
            Files.move(layout, LAYOUT, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Workspace.remove(making);
        }
    }
}
