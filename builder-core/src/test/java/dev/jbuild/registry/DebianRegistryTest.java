package dev.jbuild.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.layout.OciLayoutDirectory;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.testing.ExternalTool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Agreement with the registry that Debian packages, and with the tools that fill it.
@Timeout(120)
class DebianRegistryTest {
    private static final Platform HOST = Platform.host();

    @Test
    void imageMadeByUmociIsTheSameFromLayoutAndRegistry(@TempDir Path directory) throws Exception {
        ExternalTool.require("umoci", "skopeo", "docker-registry");
        makeLayout(directory);
        int port = freePort();
        Process registry = startRegistry(directory, port);
        try {
            String name = "127.0.0.1:" + port + "/library/hello:1";
            ExternalTool.run(
                    directory, "skopeo", "copy", "-q", "--dest-tls-verify=false", "oci:layout:1", "docker://" + name);
            ImageSource local =
                    OciLayoutDirectory.open(directory.resolve("layout")).image("1");
            try (var client =
                    new RegistryClient(RegistryMirrors.parse(List.of("docker.io=http://127.0.0.1:" + port)))) {
                ImageSource remote = client.image(ImageReference.parse("hello:1"));
                ResolvedImage expected = local.resolve(HOST);
                ResolvedImage actual = remote.resolve(HOST);
                assertThat(actual.manifest()).isEqualTo(expected.manifest());
                assertThat(actual.rawConfig()).isEqualTo(expected.rawConfig());
                assertThat(actual.manifest().layers()).hasSize(1);
                Descriptor layer = actual.manifest().layers().getFirst();
                assertThat(read(remote, layer)).isEqualTo(read(local, layer));
            }
        } finally {
            registry.destroy();
            registry.waitFor();
        }
    }

    private static void makeLayout(Path directory) throws IOException, InterruptedException {
        ExternalTool.run(directory, "umoci", "init", "--layout", "layout");
        ExternalTool.run(directory, "umoci", "new", "--image", "layout:1");
        Files.createDirectories(directory.resolve("content/etc"));
        Files.writeString(directory.resolve("content/etc/hello"), "hello\n");
        ExternalTool.run(directory, "umoci", "insert", "--image", "layout:1", "--rootless", "content", "/");
    }

    private static Process startRegistry(Path directory, int port) throws IOException, InterruptedException {
        Path config = directory.resolve("registry.yml");
        Files.writeString(
                config,
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + directory.resolve("storage")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
        for (int attempt = 0; attempt < 200; attempt++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return process;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IOException(
                "docker-registry does not answer: " + Files.readString(directory.resolve("registry.log")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static byte[] read(ImageSource source, Descriptor blob) throws IOException, InterruptedException {
        try (InputStream stream = source.open(blob)) {
            return stream.readAllBytes();
        }
    }
}
