package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds stages that copy the whole context and install dependencies only then, so that every change of a file installs
/// them anew.
final class DependencyChecks {
    private static final Set<String> WHOLE_CONTEXT = Set.of(".", "./", "/", "*", "./*", "/*", "./.");

    private final StageTree stages;
    private final Findings findings;
    private final @Nullable State[] states;

    DependencyChecks(StageTree stages, Findings findings) {
        this.stages = stages;
        this.findings = findings;
        this.states = new State[stages.stages().size()];
    }

    /// What happened so far in a stage.
    ///
    /// @param copy of the whole context; null while there was none
    /// @param installed what installed dependencies before that
    private record State(Instruction.@Nullable Copy copy, Set<String> installed) {}

    void check() {
        for (var i = 0; i < states.length; i++) {
            var parent = stages.parent(i) < 0 ? null : states[stages.parent(i)];
            var state = parent == null ? new State(null, new HashSet<>()) : parent;
            state = new State(state.copy(), new HashSet<>(state.installed()));
            for (var instruction : stages.stages().get(i).instructions()) {
                if (instruction instanceof Instruction.Copy copy && state.copy() == null && isWholeContext(copy)) {
                    state = new State(copy, state.installed());
                } else if (instruction instanceof Instruction.Run run) {
                    check(run, state);
                }
            }
            states[i] = state;
        }
    }

    private void check(Instruction.Run run, State state) {
        for (var command : ShellCommand.of(run.command())) {
            var manager = manager(command);
            if (manager == null || !state.installed().add(manager)) {
                continue;
            }
            // With a cache of its own, a manager finds again what it had.
            if (state.copy() != null && !StepMountTargets.hasCache(run)) {
                findings.report(
                        Rule.COPY_BEFORE_DEPENDENCIES,
                        state.copy().origin(),
                        "Every change in the context makes \"" + command.shown() + "\" (line "
                                + run.range().startLine()
                                + ") run again: copy only what it needs before it, and the rest behind it");
            }
        }
    }

    private static boolean isWholeContext(Instruction.Copy copy) {
        return copy.from() == null
                && copy.flags().excludes().isEmpty()
                && copy.sources().stream()
                        .anyMatch(source -> source instanceof FileSource.Path(var word)
                                && WHOLE_CONTEXT.contains(String.valueOf(word.literal())));
    }

    /// The package manager, if the command installs what a file of the project lists; otherwise null.
    private static @Nullable String manager(ShellCommand command) {
        var arguments = command.arguments();
        var first = arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("");
        var installs = switch (command.program()) {
            case "npm" -> Set.of("ci", "install", "i", "clean-install").contains(first) && isAlone(first, arguments);
            case "pnpm", "bun" -> Set.of("install", "i").contains(first) && isAlone(first, arguments);
            case "yarn" -> first.isEmpty() ? !command.has("--version") : first.equals("install");
            case "pip", "pip3" -> first.equals("install") && requires(arguments);
            case "poetry", "bundle", "composer" -> first.equals("install");
            case "uv" -> first.equals("sync");
            case "go" -> first.equals("mod") && (command.has("download") || command.has("vendor"));
            case "mvn", "mvnw" -> arguments.stream().anyMatch(word -> word.startsWith("dependency:"));
            case "cargo" -> first.equals("fetch");
            case "dotnet" -> first.equals("restore");
            case "mix" -> first.equals("deps.get");
            default -> false;
        };
        return installs ? command.program() : null;
    }

    private static boolean requires(List<String> arguments) {
        return arguments.stream().anyMatch(word -> word.startsWith("-r") || word.startsWith("--requirement"));
    }

    /// Whether no package is named behind the word: then it is the project whose dependencies are installed.
    private static boolean isAlone(String word, List<String> arguments) {
        if (arguments.contains("-g") || arguments.contains("--global")) {
            return false;
        }
        for (var i = arguments.indexOf(word) + 1; i < arguments.size(); i++) {
            var isValue = arguments.get(i - 1).startsWith("--")
                    && arguments.get(i - 1).indexOf('=') < 0;
            if (!arguments.get(i).startsWith("-") && !isValue) {
                return false;
            }
        }
        return true;
    }
}
