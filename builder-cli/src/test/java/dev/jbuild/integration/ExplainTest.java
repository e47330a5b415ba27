package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.build.NamedContext;
import dev.jbuild.build.Output;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.explain.Cause;
import dev.jbuild.explain.CauseText;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.registry.RegistryMirrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Edits a project in many ways and compares the cause that is told with the edit.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ExplainTest {
    private static final Path DATA = Path.of(System.getProperty("jbuild.testdata"), "explain");

    @TempDir
    Path directory;

    private Path context;

    @Test
    void theCauseIsTheEdit() throws Exception {
        Needs.tools("sh", "sed", "tar", "setfattr");
        prepare();
        var golden = DATA.resolve("edits.txt");
        var told = new StringBuilder();
        List<String> options = new ArrayList<>();
        boolean pending = false;
        for (String line : Files.readAllLines(golden)) {
            if (line.startsWith("> ")) {
                continue;
            }
            if (line.startsWith("$ ")) {
                shell(line.substring(2));
            }
            if (line.startsWith("+ ")) {
                options.addAll(List.of(line.substring(2).split(" ")));
            }
            boolean edit = line.startsWith("$ ") || line.startsWith("+ ");
            if (pending && !edit) {
                told.append(build(options));
                options.clear();
            }
            pending = edit;
            told.append(line).append('\n');
        }
        if (pending) {
            told.append(build(options));
        }

        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.writeString(golden, told);
        }
        assertThat(told.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void aResultThatIsTooOldOrHalfGoneIsNamed() throws Exception {
        prepare();
        Files.writeString(context.resolve("Dockerfile"), "FROM base\nCOPY app.txt /\n");

        assertThat(build(List.of())).isEqualTo("> [2/2] COPY app.txt /: no earlier build of this project is known\n");
        assertThat(build(List.of())).isEmpty();
        assertThat(build(List.of("--cache-ttl", "0s"))).isEqualTo("> [2/2] COPY app.txt /: its result is too old\n");
        shell("rm -r ../store/v1/layers");
        assertThat(build(List.of()))
                .isEqualTo("> [2/2] COPY app.txt /: the layer of its result is no longer in the store\n");
    }

    private void prepare() throws Exception {
        Path busybox = BaseImages.busybox();
        context = directory.resolve("context");
        ExternalCommand.of("cp", "-r", DATA.resolve("context").toString(), context.toString())
                .run()
                .orFail();
        ExternalCommand.of(
                        "cp",
                        "-r",
                        DATA.resolve("extra").toString(),
                        directory.resolve("extra").toString())
                .run()
                .orFail();
        // Everything else belongs to whoever checked the files out.
        shell("umask 022; chown -R 0:0 . ../extra; chmod -R u=rwX,go=rX . ../extra; tar -cf data.tar app.txt");
        shell("cp -r " + busybox + " ../layout-a; ln -s layout-a ../base");
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("Dockerfile"), "FROM base\nCOPY Dockerfile /other\n");
        var layout = new Output.Oci(directory.resolve("layout-b"), false, false);
        ImageBuild.run(
                BuildRequest.of(other)
                        .namedContext("base", layout("base"))
                        .output(layout)
                        .build(),
                settings(new ArrayList<>()));
    }

    private NamedContext layout(String name) {
        return new NamedContext.OciLayout(directory.resolve(name), null);
    }

    private void shell(String command) throws Exception {
        ExternalCommand.of("sh", "-c", "cd '" + context + "' && { " + command + "\n}")
                .run()
                .orFail();
    }

    /// {@return the causes that are no consequence of another, in the order of the file}
    private String build(List<String> options) throws Exception {
        var request = BuildRequest.of(context)
                .namedContext("base", layout("base"))
                .namedContext("second", layout("layout-a"))
                .namedContext("extra", new NamedContext.Directory(directory.resolve("extra")));
        for (int i = 0; i < options.size(); i += options.get(i).equals("--no-cache") ? 1 : 2) {
            option(request, options.get(i), options.get(Math.min(i + 1, options.size() - 1)));
        }
        List<BuildEvent> events = new ArrayList<>();
        ImageBuild.run(request.build(), settings(events));

        Map<Integer, String> names = new HashMap<>();
        var lines = new ArrayList<String>();
        for (BuildEvent event : events) {
            switch (event) {
                case BuildEvent.StepStarted(int step, String name) -> names.put(step, name);
                case BuildEvent.StepMissed(int step, Cause cause) -> {
                    if (!isConsequence(cause)) {
                        lines.add("> " + names.get(step) + ": " + text(cause) + "\n");
                    }
                }
                case BuildEvent.StepOutput _, BuildEvent.StepFinished _, BuildEvent.Notice _, BuildEvent.Warning _ -> {}
            }
        }
        lines.sort(null);
        return String.join("", lines);
    }

    /// Ages and digests are other ones each time.
    private static String text(Cause cause) {
        return cause instanceof Cause.Expired
                ? "its result is too old"
                : CauseText.of(cause).replaceAll("sha256:[0-9a-f]{12}", "sha256:...");
    }

    private static boolean isConsequence(Cause cause) {
        return cause instanceof Cause.Parent
                || cause instanceof Cause.ParentGone
                || (cause instanceof Cause.Files files && files.place().startsWith("stage "));
    }

    private static void option(BuildRequest.Builder request, String name, String value) {
        switch (name) {
            case "--build-arg" -> {
                int equals = value.indexOf('=');
                request.buildArgument(value.substring(0, equals), value.substring(equals + 1));
            }
            case "--no-cache" -> request.fresh(FreshStages.ALL);
            case "--no-cache-filter" -> request.fresh(new FreshStages(false, Set.of(value)));
            case "--cache-ttl" -> request.longestCached(Duration.ZERO);
            default -> throw new IllegalArgumentException(name);
        }
    }

    private BuildSettings settings(List<BuildEvent> events) {
        return new BuildSettings(directory.resolve("store"), RegistryMirrors.NONE, event -> {
            synchronized (events) {
                events.add(event);
            }
        });
    }
}
