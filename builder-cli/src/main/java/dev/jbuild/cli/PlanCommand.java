package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.debug.PlanView;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.frontend.BuildDefinition;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `jbuild debug plan`: what would be done for each of some files.
final class PlanCommand {
    private final PlanOptions options;
    private final Settings settings;
    private final Terminal terminal;

    PlanCommand(PlanOptions options, Settings settings, Terminal terminal) {
        this.options = options;
        this.settings = settings;
        this.terminal = terminal;
    }

    /// Prints the plan of every file; one without a plan gets a line instead, unless it is the only one.
    ExitCode run() throws IOException, InterruptedException {
        var code = ExitCode.DONE;
        var times = new ArrayList<Long>();
        for (var file : options.files()) {
            var start = System.nanoTime();
            try {
                var plan = PlanView.print(file, plan(Path.of(file)), options.format());
                times.add(System.nanoTime() - start);
                terminal.result(plan.stripTrailing());
            } catch (DockerfileException problem) {
                times.add(System.nanoTime() - start);
                if (options.files().size() == 1) {
                    throw problem;
                }
                terminal.message(String.valueOf(problem.getMessage()));
                code = ExitCode.USAGE;
            }
        }
        if (options.time()) {
            terminal.message(summary(times));
        }
        return code;
    }

    private static String summary(List<Long> times) {
        times.sort(null);
        return "%d files, median %.2f ms, slowest %.1f ms"
                .formatted(times.size(), times.get(times.size() / 2) / 1e6, times.getLast() / 1e6);
    }

    private BuildDefinition plan(Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw new UsageException("the Dockerfile '" + file + "' does not exist", null);
        }
        var directory = file.toAbsolutePath().getParent();
        var request = BuildRequest.of(directory == null ? Path.of("/") : directory)
                .dockerfile(file)
                .platform(PlatformOption.parse(options.platform(), settings.environment()))
                .target(options.target());
        BuildOptions.values(options.buildArguments(), settings.environment()).forEach(request::buildArgument);
        var mirrors = BuildCommand.mirrors(options.registryMirrors(), settings);
        var stateDirectory = settings.stateDirectory(options.root());
        return options.offline()
                ? ImageBuild.plan(request.build(), new OfflineImages())
                : ImageBuild.plan(request.build(), new BuildSettings(stateDirectory, mirrors, _ -> {}));
    }
}
