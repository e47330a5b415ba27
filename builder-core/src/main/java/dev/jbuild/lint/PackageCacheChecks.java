package dev.jbuild.lint;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Instruction;
import java.util.List;
import java.util.Set;

/// Finds steps of the image that install packages and leave what the package manager kept of them.
final class PackageCacheChecks {
    private final StageTree stages;
    private final Findings findings;

    PackageCacheChecks(StageTree stages, Findings findings) {
        this.stages = stages;
        this.findings = findings;
    }

    /// Package managers with the same leavings.
    ///
    /// @param directories where it keeps them; a step that names one is taken to clean it
    /// @param cleaning words that, as an argument, leave nothing
    /// @param rest what stays in the layer
    private record Family(
            Set<String> programs,
            Set<String> installing,
            List<String> directories,
            List<String> cleaning,
            String rest,
            String help) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    Set.of("apt-get", "apt", "aptitude"),
                    Set.of("install"),
                    List.of("/var/lib/apt"),
                    List.of("dist-clean", "distclean"),
                    "package lists",
                    "end the same RUN with rm -rf /var/lib/apt/lists/*"),
            new Family(
                    Set.of("apk"),
                    Set.of("add"),
                    List.of("/var/cache/apk", "/etc/apk/cache"),
                    List.of("--no-cache"),
                    "package index",
                    "write apk add --no-cache"),
            new Family(
                    Set.of("yum", "dnf", "microdnf"),
                    Set.of("install", "localinstall", "groupinstall", "update", "upgrade"),
                    List.of("/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf", "/var/cache/*"),
                    List.of("clean"),
                    "downloads and metadata",
                    "end the same RUN with its clean all"));

    void check() {
        for (var stage : stages.ofImage()) {
            for (var instruction : stages.stages().get(stage).instructions()) {
                if (instruction instanceof Instruction.Run run) {
                    check(run);
                }
            }
        }
    }

    private void check(Instruction.Run run) {
        var commands = ShellCommand.of(run.command());
        var text = text(run.command());
        for (var family : FAMILIES) {
            var leaving =
                    commands.stream().filter(command -> leaves(command, family)).findFirst();
            if (leaving.isPresent()
                    && commands.stream().noneMatch(other -> cleans(other, family))
                    && family.directories().stream().noneMatch(text::contains)
                    && !StepMountTargets.cover(run, family.directories())) {
                findings.report(
                        Rule.PACKAGE_CACHE_LEFT,
                        run.origin(),
                        "\"" + leaving.get().shown() + "\" leaves its " + family.rest()
                                + " in the layer: mount a cache there, or " + family.help());
            }
        }
    }

    private static boolean leaves(ShellCommand command, Family family) {
        return family.programs().contains(command.program())
                && command.arguments().stream().anyMatch(family.installing()::contains)
                && family.cleaning().stream().noneMatch(command::has);
    }

    private static boolean cleans(ShellCommand command, Family family) {
        return family.programs().contains(command.program())
                && family.cleaning().stream().anyMatch(command::has);
    }

    private static String text(Command command) {
        return switch (command) {
            case Command.Exec(var words) -> String.join(" ", words);
            case Command.Shell shell -> {
                var text = new StringBuilder(shell.line());
                shell.heredocs().forEach(heredoc -> text.append('\n').append(heredoc.content()));
                yield text.toString();
            }
        };
    }
}
