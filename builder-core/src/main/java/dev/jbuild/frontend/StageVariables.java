package dev.jbuild.frontend;

import dev.jbuild.graph.Operation.EnvironmentVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables of a stage: ENV and ARG write the same ones, the later line wins. Only ENV reaches the image.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#using-arg-variables">Using ARG variables</a>
final class StageVariables implements Scope {
    /// Known without an ARG line, in capitals as well; they change no cache key and no history unless declared.
    private static final List<String> PROXIES =
            List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> declared = new LinkedHashMap<>();
    private final FrontendOptions options;
    private final GlobalArguments globals;
    private final UnknownValues unknown;

    StageVariables(FrontendOptions options, GlobalArguments globals) {
        this(options, globals, new UnknownValues());
    }

    private StageVariables(FrontendOptions options, GlobalArguments globals, UnknownValues unknown) {
        this.options = options;
        this.globals = globals;
        this.unknown = unknown;
    }

    /// {@return a copy for a stage that begins with this one}
    StageVariables copy() {
        return copy(unknown.copy());
    }

    /// {@return a copy of the values as they are now} What is asked of it counts as asked of this.
    StageVariables snapshot() {
        return copy(unknown);
    }

    private StageVariables copy(UnknownValues unknownOfCopy) {
        var copy = new StageVariables(options, globals, unknownOfCopy);
        copy.values.putAll(values);
        copy.declared.putAll(declared);
        return copy;
    }

    UnknownValues unknown() {
        return unknown;
    }

    @Override
    public @Nullable String value(String name) {
        @Nullable String value = values.get(name);
        unknown.note(name, value);
        return value;
    }

    void set(String name, String value) {
        values.put(name, value);
        unknown.remove(name);
    }

    /// Applies `NAME=value` lines of an image's config.
    void setAll(List<String> environment) {
        for (String variable : environment) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                set(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
    }

    /// Declares an ARG.
    ///
    /// @param defaultValue asked for only when the user gave no value; null when the line has no `=`
    /// @return the value it has from here on, null when it has none
    @Nullable
    String declare(String name, @Nullable Value defaultValue) {
        @Nullable String value = options.buildArguments().get(name);
        if (value == null) {
            value = defaultValue == null ? globals.value(name) : defaultValue.get();
        }
        if (value != null) {
            set(name, value);
        }
        if (!isGiven(name) && defaultValue == null && globals.unknown().hold(name, value)) {
            unknown.add(name);
        }
        declared.put(name, value == null ? "" : value);
        return value;
    }

    /// {@return the variables that have a value}
    Set<String> names() {
        return values.keySet();
    }

    /// {@return whether an ARG of that name stood in the stage, with a value or without}
    boolean declares(String name) {
        return declared.containsKey(name);
    }

    /// {@return whether the user gave a value to the ARG of that name}
    boolean isGiven(String name) {
        return options.buildArguments().containsKey(name);
    }

    /// A value that costs something to find.
    @FunctionalInterface
    interface Value {
        String get();
    }

    /// {@return what a command finds in its environment}
    List<EnvironmentVariable> environment() {
        var environment = new ArrayList<EnvironmentVariable>();
        values.forEach((name, value) -> environment.add(new EnvironmentVariable(name, value)));
        return environment;
    }

    /// {@return proxies the user gave that no ARG declares, each in capitals and in small letters: programs look for
    /// one or for the other}
    List<EnvironmentVariable> proxies() {
        var proxies = new ArrayList<EnvironmentVariable>();
        for (String small : PROXIES) {
            String capital = small.toUpperCase(Locale.ROOT);
            addProxy(capital, small, proxies);
            addProxy(small, capital, proxies);
        }
        return proxies;
    }

    private void addProxy(String name, String other, List<EnvironmentVariable> proxies) {
        Map<String, String> given = options.buildArguments();
        @Nullable String value = given.containsKey(name) ? given.get(name) : given.get(other);
        if (value != null && !values.containsKey(name)) {
            proxies.add(new EnvironmentVariable(name, value));
        }
    }

    /// {@return what the user keeps the caches of this build apart by; empty for nothing}
    String cacheNamespace() {
        return options.buildArguments().getOrDefault("BUILDKIT_CACHE_MOUNT_NS", "");
    }

    /// {@return `|2 A=1 B=2 ` with the ARGs declared so far, as history writes them; empty without any}
    String historyPrefix() {
        if (declared.isEmpty()) {
            return "";
        }
        var out = new StringBuilder("|").append(declared.size()).append(' ');
        declared.forEach((name, value) -> out.append(name)
                .append('=')
                .append(values.getOrDefault(name, value))
                .append(' '));
        return out.toString();
    }
}
