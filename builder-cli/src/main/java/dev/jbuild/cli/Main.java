package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildResult;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.check.DescribeCommand;
import dev.jbuild.check.LintCommand;
import dev.jbuild.debug.DebugCommand;
import dev.jbuild.event.BuildListener;
import dev.jbuild.registry.RegistryMirrors;
import dev.jbuild.store.CheckCommand;
import dev.jbuild.store.DiskUsageCommand;
import dev.jbuild.store.PruneCommand;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where the `jbuild` command starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var settings = Settings.ofThisProcess();
        System.exit(execute(arguments, settings, Terminal.standard(settings.terminalType()), Main::build));
    }

    /// Runs one command in this thread, which a signal interrupts.
    ///
    /// @return the exit code of the process
    static int execute(String[] arguments, Settings settings, Terminal terminal, ImageBuilder builder) {
        var interruption = Interruption.of(Thread.currentThread());
        var code = run(arguments, settings, terminal, builder);
        var signalled = interruption.exitCode();
        return signalled == null ? code.number() : signalled;
    }

    static ExitCode run(String[] arguments, Settings settings, Terminal terminal) {
        return run(arguments, settings, terminal, Main::build);
    }

    /// Runs one command to its end; every failure becomes a message and an exit code.
    static ExitCode run(String[] arguments, Settings settings, Terminal terminal, ImageBuilder builder) {
        var debug = false;
        try {
            // Scripts ask for it often, and loading picocli takes as long as all the rest.
            if (arguments.length == 1 && arguments[0].equals("--version")) {
                terminal.result(Version.text());
                return ExitCode.DONE;
            }
            switch (Arguments.parse(List.of(arguments))) {
                case Command.Build(var options) -> {
                    debug = options.debug();
                    return new BuildCommand(options, settings, terminal, builder).run();
                }
                case Command.Lint(var request) -> {
                    return LintCommand.run(request, terminal) ? ExitCode.DONE : ExitCode.STEP_FAILED;
                }
                case Command.Describe(var request) -> DescribeCommand.run(request, terminal);
                case Command.DiskUsage(var request, var root) ->
                    DiskUsageCommand.run(request, settings.stateDirectory(root), terminal);
                case Command.Prune(var request, var root) ->
                    PruneCommand.run(request, settings.stateDirectory(root), terminal);
                case Command.CheckStore(var request, var root) -> {
                    return CheckCommand.run(request, settings.stateDirectory(root), terminal)
                            ? ExitCode.DONE
                            : ExitCode.STEP_FAILED;
                }
                case Command.Explain(var options) -> {
                    return ExplainCommand.run(options, settings, terminal);
                }
                case Command.Debug(var view) -> DebugCommand.show(view, terminal);
                case Command.Plan(var options) -> {
                    return new PlanCommand(options, settings, terminal).run();
                }
                case Command.Help(var text) -> terminal.result(text);
                case Command.Version() -> terminal.result(Version.text());
            }
            return ExitCode.DONE;
        } catch (InterruptedException _) {
            terminal.message("jbuild: interrupted");
            return ExitCode.STEP_FAILED;
        } catch (RuntimeException | IOException | StackOverflowError | OutOfMemoryError failure) {
            return FailureReport.print(failure, List.of(), debug, terminal);
        }
    }

    private static BuildResult build(
            BuildRequest request, Path stateDirectory, RegistryMirrors mirrors, BuildListener listener)
            throws IOException, InterruptedException {
        return ImageBuild.run(request, new BuildSettings(stateDirectory, mirrors, listener));
    }
}
