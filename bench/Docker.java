import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Docker Engine of our own with its BuildKit; it runs all the time, so its start is in no figure.
///
/// @param engine the daemon
record Docker(Process engine, String socket, Path log, String version) implements Builder {
    private static final String DAEMON = "/usr/sbin/dockerd";
    private static final String CLIENT = "/usr/bin/docker";

    /// {@return why it cannot take part; empty when it can}
    static String missing() {
        return Files.isExecutable(Path.of(DAEMON)) && Files.isExecutable(Path.of(CLIENT)) ? "" : "docker.io";
    }

    /// Starts the engine; it pulls through `mirror` and ends with the workspace.
    static Docker start(Workspace work, String mirror) throws IOException, InterruptedException {
        Path directory = work.directory("docker");
        Path configuration = Files.writeString(
                directory.resolve("daemon.json"), "{\"registry-mirrors\":[\"http://" + mirror + "\"]}");
        String socket = "unix://" + directory.resolve("socket");
        Process engine = work.serve(Command.of(
                DAEMON,
                "--iptables=false",
                "--bridge=none",
                "--config-file=" + configuration,
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--host=" + socket));
        Path log = work.log("docker-client");
        Command ask = Command.of(CLIENT, "-H", socket, "version", "--format", "{{.Server.Version}}");
        work.await("dockerd", () -> ask.run(log));
        return new Docker(engine, socket, log, "Docker " + ask.output(log) + " with BuildKit");
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Command build(Path context, String tag) {
        return new Command(
                List.of(CLIENT, "-H", socket, "build", "--network=host", "-t", tag, context.toString()),
                Map.of("DOCKER_BUILDKIT", "1"));
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        Command.of(CLIENT, "-H", socket, "system", "prune", "--all", "--force").run(log);
        Command.of(CLIENT, "-H", socket, "builder", "prune", "--all", "--force").run(log);
    }

    @Override
    public List<Long> daemons() {
        List<Long> pids = new ArrayList<>();
        pids.add(engine.pid());
        engine.children().forEach(containerd -> pids.add(containerd.pid()));
        return pids;
    }
}
