package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildResult;
import dev.jbuild.build.Output;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildListener;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.registry.RegistryMirrors;
import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static final Digest CONFIG = new Digest("sha256", "c".repeat(64));
    private static final Digest MANIFEST = new Digest("sha256", "d".repeat(64));

    @TempDir
    private Path context;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private OutputStream standardOutput = results;
    private OutputStream standardError = messages;
    private ImageBuilder builder = this::succeed;
    private BuildRequest request;
    private Path stateDirectory;
    private RegistryMirrors mirrors;

    @BeforeEach
    void writeDockerfile() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
    }

    @Test
    void optionsBecomeARequest() {
        var code = run(
                "build",
                "-t",
                "app",
                "--tag=example.com/app:2",
                "--build-arg",
                "A=1=2",
                "--build-arg",
                "HOME",
                "--build-arg",
                "UNSET",
                "--target",
                "final",
                "--no-cache",
                "-o",
                "out",
                "--root",
                "/store",
                "--registry-mirror",
                "docker.io=http://localhost:5000",
                "--rm",
                "--compress",
                context.toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(request.context()).isEqualTo(context);
        assertThat(request.dockerfile()).isEqualTo(context.resolve("Dockerfile"));
        assertThat(request.tags().toString()).isEqualTo("[docker.io/library/app:latest, example.com/app:2]");
        assertThat(request.buildArguments()).isEqualTo(Map.of("A", "1=2", "HOME", "/home/me"));
        assertThat(request.target()).isEqualTo("final");
        assertThat(request.fresh()).isEqualTo(FreshStages.ALL);
        assertThat(request.outputs()).containsExactly(new Output.Local(Path.of("out")));
        assertThat(stateDirectory).isEqualTo(Path.of("/store"));
        assertThat(mirrors)
                .isEqualTo(
                        RegistryMirrors.parse(List.of("a=http://a", "b=http://b", "docker.io=http://localhost:5000")));
        assertThat(results.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theDockerfileMayBeInLowerCase() throws IOException {
        Files.move(context.resolve("Dockerfile"), context.resolve("dockerfile"));

        assertThat(run(context.toString())).isEqualTo(ExitCode.DONE);
        assertThat(request.dockerfile()).isEqualTo(context.resolve("dockerfile"));
    }

    @Test
    void theStoreIsWhereTheUserIs() {
        run(context.toString());

        assertThat(stateDirectory).isEqualTo(Path.of("/home/me/.cache/jbuild"));
    }

    @Test
    void quietPrintsTheImageIdAlone() {
        assertThat(run("-q", context.toString())).isEqualTo(ExitCode.DONE);

        assertThat(results.toString(StandardCharsets.UTF_8)).isEqualTo(CONFIG + "\n");
        assertThat(message()).isEmpty();
    }

    @Test
    void resultFilesAreWrittenWhole() throws IOException {
        var id = context.resolve("id");
        var metadata = context.resolve("metadata.json");

        run("--iidfile", id.toString(), "--metadata-file", metadata.toString(), "-t", "app", context.toString());

        assertThat(id).hasContent(CONFIG.toString());
        assertThat(Files.readString(metadata)).isEqualTo("""
                {
                  "containerimage.config.digest": "%s",
                  "containerimage.descriptor": {
                    "digest": "%s",
                    "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "size": 7
                  },
                  "containerimage.digest": "%s",
                  "image.name": "docker.io/library/app:latest"
                }""".formatted(CONFIG, MANIFEST, MANIFEST));
        try (var files = Files.list(context)) {
            assertThat(files).containsExactlyInAnyOrder(id, metadata, context.resolve("Dockerfile"));
        }
    }

    @Test
    void aFailedBuildLeavesNoOldResultFile() throws IOException {
        var id = context.resolve("id");
        Files.writeString(id, "old");
        builder = (_, _, _, _) -> {
            throw new IOException("no space left on device");
        };

        assertThat(run("--iidfile", id.toString(), context.toString())).isEqualTo(ExitCode.STORAGE);
        assertThat(id).doesNotExist();
        assertThat(message()).isEqualTo("jbuild: no space left on device\n");
    }

    @Test
    void aFailedStepShowsItsLastLines() {
        builder = (_, _, _, listener) -> {
            listener.on(new BuildEvent.StepStarted(1, "[2/2] RUN make"));
            listener.on(new BuildEvent.StepOutput(
                    1, BuildEvent.OutputStreamKind.STDERR, Duration.ofMillis(83), ByteString.of("no rule\n")));
            listener.on(new BuildEvent.StepFinished(1, new BuildEvent.Outcome.Failed("exit code: 2"), Duration.ZERO));
            throw new IOException("stands for the failure of the step");
        };

        run("--progress=quiet", context.toString());

        assertThat(message()).isEqualTo("""
                ------
                 > [2/2] RUN make:
                0.083 no rule
                ------
                jbuild: stands for the failure of the step
                """);
    }

    @Test
    void losingProgressIsNoFailure() {
        standardError = new FullDevice();
        builder = (request, directory, mirrors, listener) -> {
            listener.on(new BuildEvent.StepStarted(1, "x"));
            listener.on(new BuildEvent.StepFinished(1, new BuildEvent.Outcome.Done(), Duration.ZERO));
            return succeed(request, directory, mirrors, listener);
        };

        assertThat(run("--progress", "plain", context.toString())).isEqualTo(ExitCode.DONE);
    }

    @Test
    void losingTheResultIsAFailure() {
        standardOutput = new FullDevice();

        assertThat(run("-q", context.toString())).isEqualTo(ExitCode.STORAGE);
        assertThat(message()).isEqualTo("jbuild: cannot write to standard output: no space left on device\n");
    }

    @Test
    void ourOwnMistakesGoToAFile() throws IOException {
        builder = (_, _, _, _) -> {
            throw new IllegalStateException("impossible");
        };

        assertThat(run(context.toString())).isEqualTo(ExitCode.BUG);
        var message = message();
        assertThat(message)
                .startsWith("jbuild: internal error: java.lang.IllegalStateException: impossible; please report it with"
                        + " the file /");
        var report = Path.of(message.substring(message.indexOf(" file ") + 6).strip());
        assertThat(report).content().contains("CommandTest.java");
        Files.delete(report);
    }

    @Test
    void withDebugOurOwnMistakesAreShown() {
        builder = (_, _, _, _) -> {
            throw new IllegalStateException("impossible");
        };

        assertThat(run("--debug", context.toString())).isEqualTo(ExitCode.BUG);
        assertThat(message()).contains("java.lang.IllegalStateException: impossible\n\tat ");
    }

    @Test
    void wrongUsageIsOneLine() {
        assertUsage("jbuild: the context is missing: which directory do COPY and ADD read from?"
                + " (jbuild [OPTIONS] CONTEXT, for example: jbuild -t app .)");
        assertUsage(
                "jbuild: there can be only one context, got 'a' and 'b'"
                        + " (jbuild [OPTIONS] CONTEXT, for example: jbuild -t app .)",
                "a",
                "b");
        assertUsage(
                "jbuild: there can be only one context, got 'lnit' and '.' (did you mean jbuild lint?)", "lnit", ".");
        assertUsage("jbuild: --root names no directory (for example --root ~/.cache/jbuild)", "--root=", ".");
        assertUsage("jbuild: the context '/nowhere' does not exist", "/nowhere");
        assertUsage(
                "jbuild: a context from 'https://example.com/x.git' is not supported yet (name a directory)",
                "https://example.com/x.git");
        assertUsage("jbuild: a context from '-' is not supported yet (name a directory)", "-");
        assertUsage(
                "jbuild: the Dockerfile 'Dockerfile' does not exist (-f is relative to the current directory: -f "
                        + context + "/Dockerfile)",
                "-f",
                "Dockerfile",
                context.toString());
        assertUsage("jbuild: option '--push' is not supported yet", "--push", context.toString());
        assertUsage(
                "jbuild: --progress has no mode 'loud' (modes are auto, plain and quiet)",
                "--progress",
                "loud",
                context.toString());
        assertUsage(
                "jbuild: invalid registry mirror 'x': write REGISTRY=ADDRESS, such as docker.io=http://127.0.0.1:5000",
                "--registry-mirror",
                "x",
                context.toString());
        assertUsage(
                "jbuild: --platform: invalid platform 'x': write os/architecture[/variant], such as linux/amd64"
                        + " (for example linux/arm64)",
                "--platform=x",
                context.toString());
        assertUsage("jbuild: --build-arg takes NAME or NAME=VALUE, got '=x'", "--build-arg", "=x", context.toString());
        assertThat(request).isNull();
    }

    @Test
    void aTagThatIsNoNameIsRefused() {
        assertThat(run("-t", "Upper/Case", context.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(message())
                .startsWith("jbuild: --tag ")
                .contains("Upper/Case")
                .hasLineCount(1);
    }

    @Test
    void helpNamesEveryOptionAndExitCode() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);

        var text = results.toString(StandardCharsets.UTF_8);
        for (var option : BuildSyntax.specification().options()) {
            assertThat(text.contains(option.longestName()))
                    .as(option.longestName())
                    .isNotEqualTo(option.hidden());
        }
        for (var code : ExitCode.values()) {
            assertThat(text).contains("\n  " + code.number() + "       " + code.meaning() + "\n");
        }
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void versionNamesJbuildAndJava() {
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(results.toString(StandardCharsets.UTF_8))
                .startsWith("jbuild ")
                .contains("Java " + System.getProperty("java.runtime.version"));
    }

    private void assertUsage(String message, String... arguments) {
        messages.reset();
        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(message()).isEqualTo(message + "\n");
    }

    private ExitCode run(String... arguments) {
        var environment = Map.of("HOME", "/home/me", "JBUILD_REGISTRY_MIRRORS", "a=http://a, b=http://b,");
        var settings = new Settings(environment, "1000", "/home/me", "");
        return Main.run(arguments, settings, new Terminal(standardOutput, standardError, false, false), builder);
    }

    @Test
    void aResultFileInAMissingDirectoryIsRefusedBeforeTheBuild() {
        Path missing = context.resolve("missing");
        builder = (request, directory, mirrors, listener) -> {
            throw new AssertionError("nothing may be built");
        };
        assertUsage(
                "jbuild: '" + missing.resolve("id") + "' cannot be written: there is no directory '" + missing + "'",
                "--iidfile",
                missing.resolve("id").toString(),
                context.toString());
    }

    @Test
    void aResultFileThatCannotBeWrittenIsNamed() {
        assertThat(run("--iidfile", "/proc/id", context.toString())).isEqualTo(ExitCode.STORAGE);
        assertThat(message()).startsWith("jbuild: '/proc/id' cannot be written: /proc/.jbuild-");
    }

    private BuildResult succeed(BuildRequest request, Path directory, RegistryMirrors mirrors, BuildListener listener) {
        this.request = request;
        this.stateDirectory = directory;
        this.mirrors = mirrors;
        var manifest = Descriptor.of(new MediaType("application/vnd.oci.image.manifest.v1+json"), MANIFEST, 7);
        return new BuildResult(
                CONFIG, manifest, request.tags().stream().map(Object::toString).toList());
    }

    private String message() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    /// Takes nothing, like `/dev/full`.
    private static final class FullDevice extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("no space left on device");
        }
    }
}
