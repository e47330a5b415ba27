package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How a container of an image starts: the object `config` of an image config, Docker's extensions included.
///
/// Empty texts, lists and maps mean that the field is absent; they are not written. Fields that are not here are
/// kept in `unknown`.
///
/// @param user verbatim: name or id, with `:group` or without; empty is root
/// @param env `NAME=value`, in the order in which the names were first set
/// @param exposedPorts such as `80/tcp`
/// @param onBuild instructions for an image built on this one
/// @param shell of the shell form of instructions; empty is the default one
/// @param argsEscaped written by Dockerfile builders beside a command in shell form
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>
public record ContainerConfig(
        String user,
        List<String> env,
        List<String> entrypoint,
        List<String> cmd,
        String workingDir,
        SortedSet<String> exposedPorts,
        SortedSet<String> volumes,
        SortedMap<String, String> labels,
        List<String> onBuild,
        List<String> shell,
        String stopSignal,
        @Nullable Healthcheck healthcheck,
        boolean argsEscaped,
        UnknownFields unknown) {
    /// Nothing set.
    public static final ContainerConfig EMPTY = new Builder().build();

    private static final Set<String> KNOWN = Set.of(
            "User",
            "Env",
            "Entrypoint",
            "Cmd",
            "WorkingDir",
            "ExposedPorts",
            "Volumes",
            "Labels",
            "OnBuild",
            "Shell",
            "StopSignal",
            "Healthcheck",
            "ArgsEscaped");

    public ContainerConfig {
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        onBuild = List.copyOf(onBuild);
        shell = List.copyOf(shell);
    }

    /// {@return the value of an environment variable, null when it is not set}
    public @Nullable String environment(String name) {
        int at = indexOf(env, name);
        return at < 0 ? null : env.get(at).substring(name.length() + 1);
    }

    /// {@return a builder that starts with everything that is set here}
    public Builder toBuilder() {
        return new Builder(this);
    }

    static ContainerConfig read(JsonFields fields) {
        JsonFields healthcheck = fields.optionalObject("Healthcheck");
        return new ContainerConfig(
                text(fields, "User"),
                fields.strings("Env"),
                fields.strings("Entrypoint"),
                fields.strings("Cmd"),
                text(fields, "WorkingDir"),
                fields.keys("ExposedPorts"),
                fields.keys("Volumes"),
                fields.stringMap("Labels"),
                fields.strings("OnBuild"),
                fields.strings("Shell"),
                text(fields, "StopSignal"),
                healthcheck == null ? null : Healthcheck.read(healthcheck),
                fields.flag("ArgsEscaped"),
                fields.others(KNOWN));
    }

    ObjectNode toJson() {
        ObjectNode object = OciJson.newObject();
        unknown.copyTo(object);
        putText(object, "User", user);
        putList(object, "Env", env);
        putList(object, "Entrypoint", entrypoint);
        putList(object, "Cmd", cmd);
        putText(object, "WorkingDir", workingDir);
        putSet(object, "ExposedPorts", exposedPorts);
        putSet(object, "Volumes", volumes);
        if (!labels.isEmpty()) {
            labels.forEach(object.putObject("Labels")::put);
        }
        putList(object, "OnBuild", onBuild);
        putList(object, "Shell", shell);
        putText(object, "StopSignal", stopSignal);
        if (healthcheck != null) {
            object.set("Healthcheck", healthcheck.toJson());
        }
        if (argsEscaped) {
            object.put("ArgsEscaped", true);
        }
        return object;
    }

    private static String text(JsonFields fields, String name) {
        String text = fields.optionalString(name);
        return text == null ? "" : text;
    }

    private static void putText(ObjectNode object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }

    private static void putList(ObjectNode object, String name, List<String> list) {
        if (!list.isEmpty()) {
            object.set(name, OciJson.newArray(list));
        }
    }

    private static void putSet(ObjectNode object, String name, SortedSet<String> set) {
        if (!set.isEmpty()) {
            set.forEach(object.putObject(name)::putObject);
        }
    }

    private static int indexOf(List<String> env, String name) {
        for (int i = 0; i < env.size(); i++) {
            String binding = env.get(i);
            if (binding.startsWith(name) && binding.startsWith("=", name.length())) {
                return i;
            }
        }
        return -1;
    }

    /// Collects changes to a config. Methods replace what was set, but those that begin with `add` and
    /// [#environment].
    public static final class Builder {
        private String user = "";
        private List<String> env = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>();
        private List<String> entrypoint = List.of();
        private List<String> cmd = List.of();
        private String workingDir = "";
        private final SortedSet<String> exposedPorts = new TreeSet<>();
        private final SortedSet<String> volumes = new TreeSet<>();
        private final SortedMap<String, String> labels = new TreeMap<>();
        private List<String> onBuild = new ArrayList<>();
        private List<String> shell = List.of();
        private String stopSignal = "";
        private @Nullable Healthcheck healthcheck;
        private boolean argsEscaped;
        private UnknownFields unknown = UnknownFields.NONE;

        /// Starts with nothing set.
        public Builder() {}

        private Builder(ContainerConfig start) {
            user = start.user;
            env(start.env);
            entrypoint = start.entrypoint;
            cmd = start.cmd;
            workingDir = start.workingDir;
            exposedPorts.addAll(start.exposedPorts);
            volumes.addAll(start.volumes);
            labels.putAll(start.labels);
            onBuild = new ArrayList<>(start.onBuild);
            shell = start.shell;
            stopSignal = start.stopSignal;
            healthcheck = start.healthcheck;
            argsEscaped = start.argsEscaped;
            unknown = start.unknown;
        }

        public Builder user(String user) {
            this.user = user;
            return this;
        }

        public Builder env(List<String> env) {
            this.env = new ArrayList<>(env);
            positions.clear();
            for (int i = 0; i < env.size(); i++) {
                int equals = env.get(i).indexOf('=');
                if (equals >= 0) {
                    positions.putIfAbsent(env.get(i).substring(0, equals), i);
                }
            }
            return this;
        }

        /// Sets one variable; a name that is there already keeps its position.
        public Builder environment(String name, String value) {
            Integer at = positions.putIfAbsent(name, env.size());
            if (at == null) {
                env.add(name + "=" + value);
            } else {
                env.set(at, name + "=" + value);
            }
            return this;
        }

        public Builder entrypoint(List<String> entrypoint) {
            this.entrypoint = entrypoint;
            return this;
        }

        public Builder cmd(List<String> cmd) {
            this.cmd = cmd;
            return this;
        }

        public Builder workingDir(String workingDir) {
            this.workingDir = workingDir;
            return this;
        }

        public Builder addExposedPorts(Collection<String> ports) {
            exposedPorts.addAll(ports);
            return this;
        }

        public Builder addVolumes(Collection<String> paths) {
            volumes.addAll(paths);
            return this;
        }

        public Builder addLabel(String key, String value) {
            labels.put(key, value);
            return this;
        }

        public Builder onBuild(List<String> onBuild) {
            this.onBuild = new ArrayList<>(onBuild);
            return this;
        }

        public Builder addOnBuild(String trigger) {
            onBuild.add(trigger);
            return this;
        }

        public Builder shell(List<String> shell) {
            this.shell = shell;
            return this;
        }

        public Builder stopSignal(String stopSignal) {
            this.stopSignal = stopSignal;
            return this;
        }

        public Builder healthcheck(@Nullable Healthcheck healthcheck) {
            this.healthcheck = healthcheck;
            return this;
        }

        public Builder argsEscaped(boolean argsEscaped) {
            this.argsEscaped = argsEscaped;
            return this;
        }

        public Builder unknown(UnknownFields unknown) {
            this.unknown = unknown;
            return this;
        }

        /// {@return the user as set so far}
        public String user() {
            return user;
        }

        /// {@return the working directory as set so far}
        public String workingDir() {
            return workingDir;
        }

        /// {@return the shell as set so far; empty for none}
        public List<String> shell() {
            return shell;
        }

        public ContainerConfig build() {
            return new ContainerConfig(
                    user,
                    env,
                    entrypoint,
                    cmd,
                    workingDir,
                    exposedPorts,
                    volumes,
                    labels,
                    onBuild,
                    shell,
                    stopSignal,
                    healthcheck,
                    argsEscaped,
                    unknown);
        }
    }
}
