package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.oci.Platform;
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
                globals.declare(declaration, expander);
            }
        }
        return globals;
    }

    @Override
    public @Nullable String value(String name) {
        return values.get(name);
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
    }

    private void putPlatform(String prefix, Platform platform) {
        values.put(prefix + "PLATFORM", platform.toString());
        values.put(prefix + "OS", platform.os());
        values.put(prefix + "ARCH", platform.architecture());
        values.put(prefix + "VARIANT", platform.variant() == null ? "" : platform.variant());
        values.put(prefix + "OSVERSION", platform.osVersion() == null ? "" : platform.osVersion());
    }
}
