import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// This project, by its launcher, as its user calls it.
///
/// @param directory where its store lies
/// @param mirror address of the registry
record Jbuild(Path launcher, Path directory, String mirror, String version) implements Builder {
    static Jbuild of(Path launcher, Workspace work, String mirror) throws IOException, InterruptedException {
        String version = Command.of(launcher.toString(), "--version").output(work.log("jbuild-version"));
        return new Jbuild(
                launcher,
                work.directory("jbuild"),
                mirror,
                version.lines().findFirst().orElse("jbuild"));
    }

    @Override
    public String name() {
        return "jbuild";
    }

    @Override
    public Command build(Path context, String tag) {
        return new Command(
                List.of(launcher.toString(), "-t", tag, context.toString()),
                Map.of("JBUILD_ROOT", store().toString(), "JBUILD_REGISTRY_MIRRORS", "docker.io=http://" + mirror));
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        Workspace.remove(store());
    }

    private Path store() {
        return directory.resolve("store");
    }
}
