package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A server of a Debian package that runs while a test needs it.
final class LocalService implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LocalService(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// {@return a registry on a free port of the loopback address, with its files in `directory`}
    static Registry registry(Path directory) throws Exception {
        Needs.tools("docker-registry", "skopeo");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path configuration = directory.resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: 127.0.0.1:%d}
                """.formatted(directory.resolve("registry"), port));
        LocalService service = start(directory, "docker-registry", "serve", configuration.toString());
        service.await(() -> new Socket().connect(new InetSocketAddress("127.0.0.1", port), 1000));
        return new Registry(service, "127.0.0.1:" + port);
    }

    /// {@return a Docker Engine that pulls through `mirror`, with its files in `directory`}
    static Docker docker(Path directory, String mirror) throws Exception {
        Needs.root();
        Needs.tools("dockerd", "docker", "skopeo");
        Path configuration = directory.resolve("daemon.json");
        Files.writeString(configuration, "{\"registry-mirrors\":[\"http://" + mirror + "\"]}");
        String socket = "unix://" + directory.resolve("docker.sock");
        LocalService service = start(
                directory,
                "dockerd",
                "--iptables=false",
                "--bridge=none",
                "--config-file",
                configuration.toString(),
                "--data-root",
                directory.resolve("data").toString(),
                "--exec-root",
                directory.resolve("exec").toString(),
                "-p",
                directory.resolve("docker.pid").toString(),
                "-H",
                socket);
        service.await(() -> {
            if (ExternalCommand.of("/usr/bin/docker", "-H", socket, "version")
                            .run()
                            .exitCode()
                    != 0) {
                throw new IOException("not there yet");
            }
        });
        return new Docker(service, socket);
    }

    record Registry(LocalService service, String address) implements AutoCloseable {
        /// Puts the image `latest` of a layout into the registry.
        void push(Path layout, String name) throws Exception {
            ExternalCommand.of(
                            "skopeo",
                            "copy",
                            "-q",
                            "--dest-tls-verify=false",
                            "oci:" + layout + ":latest",
                            "docker://" + address + "/" + name)
                    .run()
                    .orFail();
        }

        /// Puts the image `latest` of a Docker Engine into the registry.
        void pushFrom(Docker docker, String name) throws Exception {
            ExternalCommand.of(
                            "skopeo",
                            "copy",
                            "-q",
                            "--src-daemon-host",
                            docker.socket(),
                            "--dest-tls-verify=false",
                            "docker-daemon:" + name + ":latest",
                            "docker://" + address + "/library/" + name)
                    .run()
                    .orFail();
        }

        @Override
        public void close() {
            service.close();
        }
    }

    record Docker(LocalService service, String socket) implements AutoCloseable {
        @Override
        public void close() {
            service.close();
        }
    }

    private static LocalService start(Path directory, String... words) throws IOException {
        Path log = directory.resolve(words[0] + ".log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new LocalService(process, log);
    }

    /// Something that fails until the server answers.
    @FunctionalInterface
    private interface Probe {
        void ask() throws Exception;
    }

    private void await(Probe probe) throws Exception {
        for (int attempt = 0; attempt < 300; attempt++) {
            try {
                probe.ask();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
                Thread.sleep(200);
            }
        }
        close();
        fail("the server does not answer:\n" + Files.readString(log));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
