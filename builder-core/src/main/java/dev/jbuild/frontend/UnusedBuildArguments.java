package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.lint.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Finds build arguments that a file does not take: most are misspelled, or meant for another file.
final class UnusedBuildArguments {
    /// Taken without an ARG, in small letters and in capitals.
    private static final Set<String> PROXIES =
            Set.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy");

    /// What begins with these, or is one, the builder takes itself.
    private static final List<String> PREDEFINED = List.of("BUILDKIT_", "SOURCE_DATE_EPOCH", "TARGET", "BUILDPLATFORM");

    private final Set<String> declared;
    private final List<String> triggers = new ArrayList<>();

    /// @param planned names of ARGs that the plan came across
    UnusedBuildArguments(Dockerfile dockerfile, Set<String> planned) {
        this.declared = new LinkedHashSet<>(planned);
        dockerfile.globalArgs().forEach(this::add);
        for (Stage stage : dockerfile.stages()) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Arg arg) {
                    add(arg);
                } else if (instruction instanceof Instruction.OnBuild trigger) {
                    triggers.add(trigger.trigger());
                }
            }
        }
    }

    private void add(Instruction.Arg arg) {
        arg.declarations()
                .forEach(declaration -> declared.add(declaration.name().text()));
    }

    List<String> among(Set<String> given) {
        var messages = new ArrayList<String>();
        for (String name : new TreeSet<>(given)) {
            if (!isTaken(name)) {
                messages.add("build argument '" + name + "' was not consumed: no ARG of the Dockerfile declares it"
                        + Spelling.hint(name, declared, ""));
            }
        }
        return messages;
    }

    private boolean isTaken(String name) {
        return declared.contains(name)
                || PROXIES.contains(name.toLowerCase(Locale.ROOT))
                || PREDEFINED.stream().anyMatch(name::startsWith)
                || triggers.stream().anyMatch(trigger -> trigger.contains(name));
    }
}
