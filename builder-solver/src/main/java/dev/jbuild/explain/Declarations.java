package dev.jbuild.explain;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Word;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where variables of a Dockerfile get their values.
final class Declarations {
    private final Dockerfile dockerfile;
    private final Set<String> options;

    /// @param options names of the variables that the command line gives a value
    Declarations(Dockerfile dockerfile, Set<String> options) {
        this.dockerfile = dockerfile;
        this.options = Set.copyOf(options);
    }

    /// {@return what gave `name` its value at a place; null when it comes from a base image, or from nowhere}
    @Nullable
    Declaration find(String name, SourceRange place) {
        int stage = -1;
        List<Stage> stages = dockerfile.stages();
        while (stage + 1 < stages.size() && stages.get(stage + 1).from().range().startLine() <= place.startLine()) {
            stage++;
        }
        // A stage knows what the one that it stands on declared with ENV.
        for (boolean own = true; stage >= 0; stage = earlier(stage), own = false) {
            Instruction.@Nullable Arg argument = null;
            for (Instruction instruction : stages.get(stage).instructions().reversed()) {
                if (own && instruction.range().startLine() >= place.startLine()) {
                    continue;
                }
                if (instruction instanceof Instruction.Env env && declares(env, name)) {
                    return new Declaration("ENV", env.range().startLine());
                }
                if (own && argument == null && instruction instanceof Instruction.Arg arg && declares(arg, name)) {
                    argument = arg;
                }
            }
            if (argument != null) {
                return argument(name, argument);
            }
        }
        return null;
    }

    private Declaration argument(String name, Instruction.Arg argument) {
        if (options.contains(name)) {
            return new Declaration("--build-arg", 0);
        }
        boolean valued = argument.declarations().stream()
                .anyMatch(each -> name.equals(each.name().literal()) && each.value() != null);
        if (!valued) {
            for (Instruction.Arg global : dockerfile.globalArgs()) {
                if (declares(global, name)) {
                    return new Declaration("ARG", global.range().startLine());
                }
            }
        }
        return new Declaration("ARG", argument.range().startLine());
    }

    private int earlier(int stage) {
        @Nullable String base = dockerfile.stages().get(stage).from().image().literal();
        for (int i = stage - 1; i >= 0; i--) {
            @Nullable String name = dockerfile.stages().get(i).from().name();
            if (base != null && name != null && base.equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean declares(Instruction.Arg arg, String name) {
        return arg.declarations().stream().anyMatch(each -> named(each.name(), name));
    }

    private static boolean declares(Instruction.Env env, String name) {
        return env.bindings().stream().anyMatch(each -> named(each.name(), name));
    }

    private static boolean named(Word word, String name) {
        return name.equals(word.literal());
    }
}
