package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables of FROM lines: the ARGs before the first FROM, and those that every build has.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact">ARG and FROM</a>
final class GlobalArguments implements Scope {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> given;
    private final UnknownValues unknown = new UnknownValues();
    private final List<ExpansionException> problems = new ArrayList<>();

    private GlobalArguments(FrontendOptions options, Map<String, String> given) {
        this.given = given;
        putPlatform("TARGET", options.platform());
        putPlatform("BUILD", options.buildPlatform());
        values.put("TARGETSTAGE", options.target() == null ? "default" : options.target());
        values.replaceAll(options.buildArguments()::getOrDefault);
    }

    static GlobalArguments of(List<Instruction.Arg> arguments, FrontendOptions options) {
        return of(arguments, new GlobalArguments(options, options.buildArguments()));
    }

    /// {@return the values if the user gave none to the ARGs of the file}
    static GlobalArguments defaults(List<Instruction.Arg> arguments, FrontendOptions options) {
        return of(arguments, new GlobalArguments(options, Map.of()));
    }

    private static GlobalArguments of(List<Instruction.Arg> arguments, GlobalArguments globals) {
        var expander = new WordExpander(globals);
        for (Instruction.Arg argument : arguments) {
            for (Instruction.Declaration declaration : argument.declarations()) {
                globals.unknown.forget();
                try {
                    globals.declare(declaration, expander);
                } catch (ExpansionException problem) {
                    globals.fail(declaration, problem);
                }
            }
        }
        return globals;
    }

    private void fail(Instruction.Declaration declaration, ExpansionException problem) {
        unknown.add(declaration.name().text());
        if (!unknown.wereAsked()) {
            problems.add(problem);
        }
    }

    @Override
    public @Nullable String value(String name) {
        @Nullable String value = values.get(name);
        unknown.note(name, value);
        return value;
    }

    /// {@return the ARGs that have no value that they could have}
    List<ExpansionException> problems() {
        return problems;
    }

    UnknownValues unknown() {
        return unknown;
    }

    /// {@return the variables that have a value}
    Set<String> names() {
        return values.keySet();
    }

    private void declare(Instruction.Declaration declaration, WordExpander expander) {
        String name = expander.expand(declaration.name());
        @Nullable String value = given.get(name);
        if (value == null && declaration.value() != null) {
            value = expander.expand(declaration.value());
        }
        if (value != null) {
            values.put(name, value);
        }
        if (unknown.wereAsked()) {
            unknown.add(name);
        }
    }

    private void putPlatform(String prefix, Platform platform) {
        values.put(prefix + "PLATFORM", platform.toString());
        values.put(prefix + "OS", platform.os());
        values.put(prefix + "ARCH", platform.architecture());
        values.put(prefix + "VARIANT", platform.variant() == null ? "" : platform.variant());
        values.put(prefix + "OSVERSION", platform.osVersion() == null ? "" : platform.osVersion());
    }
}
