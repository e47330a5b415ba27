package dev.jbuild.cli;

import dev.jbuild.progress.ProgressMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments of a build, as typed. Names and meaning are those of `docker buildx build`.
///
/// @param contexts what stood where the context belongs, so that a wrong number can be said
/// @param help whether `--help` was among the options
/// @param version whether `--version` was among the options
record BuildOptions(
        List<String> contexts,
        @Nullable String file,
        @Nullable String target,
        List<String> buildArguments,
        List<String> buildContexts,
        List<String> tags,
        List<String> outputs,
        @Nullable String imageIdFile,
        @Nullable String metadataFile,
        boolean noCache,
        List<String> registryMirrors,
        @Nullable String root,
        ProgressMode progress,
        boolean quiet,
        boolean debug,
        boolean help,
        boolean version) {
    private static final List<Option> OPTIONS = List.of(
            Option.value("--file", 'f'),
            Option.value("--target", null),
            Option.values("--build-arg", null),
            Option.values("--build-context", null),
            Option.values("--tag", 't'),
            Option.values("--output", 'o'),
            Option.value("--iidfile", null),
            Option.value("--metadata-file", null),
            Option.flag("--no-cache", null),
            Option.values("--registry-mirror", null),
            Option.value("--root", null),
            Option.value("--progress", null),
            Option.flag("--quiet", 'q'),
            Option.flag("--debug", 'D'),
            Option.flag("--help", 'h'),
            Option.flag("--version", null),
            // Old scripts have these; what they ask for is always so, or has no meaning here.
            Option.flag("--rm", null),
            Option.flag("--force-rm", null),
            Option.flag("--compress", null));

    private static final Set<String> NOT_YET = Set.of(
            "--add-host",
            "--allow",
            "--annotation",
            "--attest",
            "--builder",
            "--cache-from",
            "--cache-to",
            "--call",
            "--cgroup-parent",
            "--check",
            "--cpu-period",
            "--cpu-quota",
            "--cpu-shares",
            "-c",
            "--cpuset-cpus",
            "--cpuset-mems",
            "--isolation",
            "--label",
            "--load",
            "--memory",
            "-m",
            "--memory-swap",
            "--network",
            "--no-cache-filter",
            "--platform",
            "--policy",
            "--print",
            "--provenance",
            "--pull",
            "--push",
            "--resource",
            "--sbom",
            "--secret",
            "--security-opt",
            "--shm-size",
            "--squash",
            "--ssh",
            "--ulimit");

    /// @throws UsageException when the arguments do not follow the rules
    static BuildOptions parse(List<String> arguments) {
        var parsed = ParsedArguments.parse(OPTIONS, NOT_YET, arguments);
        return new BuildOptions(
                parsed.operands(),
                parsed.value("--file"),
                parsed.value("--target"),
                parsed.values("--build-arg"),
                parsed.values("--build-context"),
                parsed.values("--tag"),
                parsed.values("--output"),
                parsed.value("--iidfile"),
                parsed.value("--metadata-file"),
                parsed.flag("--no-cache"),
                parsed.values("--registry-mirror"),
                parsed.value("--root"),
                progress(parsed.value("--progress")),
                parsed.flag("--quiet"),
                parsed.flag("--debug"),
                parsed.flag("--help"),
                parsed.flag("--version"));
    }

    /// {@return the long names, which the help must mention}
    static List<String> names() {
        return OPTIONS.stream().map(Option::name).toList();
    }

    private static ProgressMode progress(@Nullable String mode) {
        return switch (mode) {
            case null -> ProgressMode.AUTO;
            case "auto" -> ProgressMode.AUTO;
            case "plain" -> ProgressMode.PLAIN;
            case "quiet", "none" -> ProgressMode.QUIET;
            case "tty", "rawjson" ->
                throw new UsageException("--progress " + mode + " is not supported yet", "auto, plain or quiet");
            default ->
                throw new UsageException("--progress has no mode '" + mode + "'", "modes are auto, plain and quiet");
        };
    }

    /// {@return the value of each ARG that the command line or `environment` gives}
    Map<String, String> buildArguments(Map<String, String> environment) {
        var values = new LinkedHashMap<String, String>();
        for (var argument : buildArguments) {
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.isEmpty()) {
                throw new UsageException("--build-arg takes NAME or NAME=VALUE, got '" + argument + "'", null);
            }
            var value = equals < 0 ? environment.get(name) : argument.substring(equals + 1);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
