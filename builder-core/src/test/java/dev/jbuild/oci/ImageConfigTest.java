package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "oci", "image-config");
    private static final Digest DIFF_ID = Digest.ofBytes(new byte[0]);
    private static final String ROOTFS = "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + DIFF_ID + "\"]}";

    @TestFactory
    Stream<DynamicTest> everyConfigIsRewrittenLikeItsGoldenFile() throws IOException {
        try (var directories = Files.list(CASES)) {
            return directories.sorted().toList().stream()
                    .map(directory -> dynamicTest(
                            directory.getFileName().toString(), directory.toUri(), () -> matchesGolden(directory)));
        }
    }

    private static void matchesGolden(Path directory) throws IOException {
        ImageConfig config = ImageConfig.parse(Files.readAllBytes(directory.resolve("config.json")));
        byte[] written = config.toJson().bytes();
        assertThat(ImageConfig.parse(written)).isEqualTo(config);
        assertThat(ImageConfig.parse(written).toJson().bytes()).isEqualTo(written);
        Path golden = directory.resolve("canonical.golden");
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.write(golden, written);
        }
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(Files.readString(golden));
    }

    @Test
    void builtConfigHasTheseBytes() {
        ContainerConfig container = new ContainerConfig.Builder()
                .environment("PATH", "/bin")
                .environment("A", "1")
                .environment("PATH", "/usr/bin")
                .entrypoint(List.of("/app"))
                .cmd(List.of("-v", "<&>"))
                .workingDir("/srv")
                .user("1000:1000")
                .addExposedPorts(List.of("80/tcp", "443/tcp"))
                .addVolumes(List.of("/data"))
                .addLabel("b", "2")
                .addLabel("a", "1")
                .stopSignal("SIGTERM")
                .argsEscaped(true)
                .healthcheck(new Healthcheck(
                        List.of("CMD-SHELL", "true"),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        3))
                .build();
        Instant time = Instant.parse("2026-01-02T03:04:05.600Z");
        ImageConfig config = ImageConfig.of(Platform.of("linux", "amd64"))
                .created(time)
                .container(container)
                .addLayer(DIFF_ID, new History(time, "COPY a b # buildkit", null, "buildkit.dockerfile.v0", false))
                .addHistory(new History(time, "ENV A=1", null, "buildkit.dockerfile.v0", true))
                .build();
        assertThat(new String(config.toJson().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"architecture\":\"amd64\",\"config\":{\"ArgsEscaped\":true,\"Cmd\":[\"-v\",\"<&>\"],"
                        + "\"Entrypoint\":[\"/app\"],\"Env\":[\"PATH=/usr/bin\",\"A=1\"],"
                        + "\"ExposedPorts\":{\"443/tcp\":{},\"80/tcp\":{}},"
                        + "\"Healthcheck\":{\"Interval\":30000000000,\"Retries\":3,\"Test\":[\"CMD-SHELL\",\"true\"]},"
                        + "\"Labels\":{\"a\":\"1\",\"b\":\"2\"},\"StopSignal\":\"SIGTERM\",\"User\":\"1000:1000\","
                        + "\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/srv\"},\"created\":\"2026-01-02T03:04:05.6Z\","
                        + "\"history\":[{\"comment\":\"buildkit.dockerfile.v0\",\"created\":\"2026-01-02T03:04:05.6Z\","
                        + "\"created_by\":\"COPY a b # buildkit\"},{\"comment\":\"buildkit.dockerfile.v0\","
                        + "\"created\":\"2026-01-02T03:04:05.6Z\",\"created_by\":\"ENV A=1\",\"empty_layer\":true}],"
                        + "\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"" + DIFF_ID + "\"],\"type\":\"layers\"}}");
    }

    @Test
    void unknownFieldsTravelFromBaseToResult() {
        ImageConfig base = parse("{\"os\":\"linux\",\"architecture\":\"amd64\",\"docker_version\":\"20\",\"x\":[1.50],"
                + "\"config\":{\"Hostname\":\"h\",\"Tty\":false}," + ROOTFS + "}");
        assertThat(base.unknown().names()).containsExactly("docker_version", "x");
        ImageConfig result = base.toBuilder()
                .container(base.container().toBuilder().user("u").build())
                .build();
        assertThat(new String(result.toJson().bytes(), StandardCharsets.UTF_8))
                .contains("\"Hostname\":\"h\",\"Tty\":false,\"User\":\"u\"")
                .contains("\"docker_version\":\"20\"")
                .endsWith("\"x\":[1.50]}");
        assertThat(base.unknown().without("x").names()).containsExactly("docker_version");
    }

    @Test
    void variableIsFoundByItsWholeName() {
        ContainerConfig config =
                new ContainerConfig.Builder().env(List.of("AB=1", "A=", "C")).build();
        assertThat(config.environment("A")).isEmpty();
        assertThat(config.environment("AB")).isEqualTo("1");
        assertThat(config.environment("C")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}| 'rootfs' is missing",
                "{\"rootfs\":{\"type\":\"disk\"}}| 'rootfs.type' is 'disk', not 'layers'",
                "{\"rootfs\":{\"type\":\"layers\"}}| 'os' is missing",
                "{\"rootfs\":{\"type\":\"layers\"},\"os\":\"linux\",\"architecture\":\"\"}| 'architecture' is empty",
                "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha1:x\"]}}"
                        + "| 'rootfs.diff_ids[0]' is not a digest: 'sha1:x'",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":\"yesterday\",ROOTFS}"
                        + "| 'created' is not a time: 'yesterday'",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[{\"empty_layer\":true}],ROOTFS}"
                        + "| 'history' tells of 0 layers but 'rootfs.diff_ids' lists 1",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[{\"created\":\"x\"}],ROOTFS}"
                        + "| 'history[0].created' is not a time: 'x'",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Env\":[1]},ROOTFS}"
                        + "| 'config.Env[0]' is not a string",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"a\":{}}},ROOTFS}"
                        + "| 'config.Labels.a' is not a string",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Healthcheck\":{\"Retries\":-1}},ROOTFS}"
                        + "| 'config.Healthcheck.Retries' is out of range: -1",
            })
    void brokenConfigsAreRefused(String text, String problem) {
        assertThatThrownBy(() -> parse(text.replace("ROOTFS", ROOTFS)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("image config: " + problem);
    }

    @Test
    void manifestAndConfigMustAgreeOnTheLayers() {
        ImageConfig config = parse("{\"os\":\"linux\",\"architecture\":\"amd64\"," + ROOTFS + "}");
        JsonBytes raw = config.toJson();
        Manifest manifest = Manifest.of(raw.descriptor(MediaType.OCI_CONFIG), List.of(), new java.util.TreeMap<>());
        Descriptor descriptor = manifest.descriptor();
        assertThatThrownBy(() -> new ResolvedImage(null, descriptor, descriptor, manifest, raw, config))
                .hasMessage("image config: 'rootfs.diff_ids' lists 1 layers but the manifest has 0");
    }

    private static ImageConfig parse(String text) {
        return ImageConfig.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
