package dev.jbuild.cli;

import dev.jbuild.progress.ProgressMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Range;

/// The options of `jbuild build` as picocli wants them, which is also what `--help` prints.
final class BuildSyntax {
    /// Options of `docker buildx build` that are refused by name instead of being called unknown.
    static final Set<String> NOT_YET = Set.of(
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

    private static final int WIDTH = 100;
    private static final int OPTION_WIDTH = 28;

    private BuildSyntax() {}

    static CommandSpec specification() {
        var build = CommandSpec.create();
        build.addArgGroup(group("What is built", input()));
        build.addArgGroup(group("What becomes of it", output()));
        build.addArgGroup(group("How it is built", means()));
        build.addArgGroup(group("What is said meanwhile", messages()));
        // Old scripts have these; what they ask for is always so, or has no meaning here.
        for (var name : new String[] {"--rm", "--force-rm", "--compress"}) {
            build.addOption(flag(name).hidden(true).build());
        }
        describe(build.usageMessage());
        return build;
    }

    /// {@return what was given, from the result of parsing by [#specification()]}
    static BuildOptions options(ParseResult parsed) {
        return new BuildOptions(
                parsed.matchedPositionalValue(0, List.of()),
                value(parsed, "--file"),
                value(parsed, "--target"),
                values(parsed, "--build-arg"),
                values(parsed, "--build-context"),
                values(parsed, "--tag"),
                values(parsed, "--output"),
                value(parsed, "--iidfile"),
                value(parsed, "--metadata-file"),
                given(parsed, "--no-cache"),
                values(parsed, "--registry-mirror"),
                value(parsed, "--root"),
                progress(value(parsed, "--progress")),
                given(parsed, "--quiet"),
                given(parsed, "--debug"));
    }

    private static List<ArgSpec> input() {
        var context = PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                // A wrong number is refused by whoever can say what a context is.
                .arity("0..*")
                .paramLabel("CONTEXT")
                .hideParamSyntax(true)
                .description("directory that COPY and ADD read from");
        return List.of(
                context.build(),
                value("FILE", "-f", "--file")
                        .description("Dockerfile (default: CONTEXT/Dockerfile)")
                        .build(),
                value("STAGE", "--target")
                        .description("build this stage (default: the last one)")
                        .build(),
                values("NAME[=VALUE]", "--build-arg")
                        .description("value of an ARG; without =VALUE it is that of the environment")
                        .build(),
                values("NAME=SOURCE", "--build-context")
                        .description(
                                "what FROM NAME and COPY --from=NAME mean; repeatable:",
                                "  NAME=DIR",
                                "  NAME=oci-layout://DIR[:TAG|@DIGEST]")
                        .build());
    }

    private static List<ArgSpec> output() {
        return List.of(
                values("NAME[:TAG]", "-t", "--tag")
                        .description("name of the image, in the store and in the output; repeatable")
                        .build(),
                values("OUTPUT", "-o", "--output")
                        .description(
                                "without any the image stays in the local store; repeatable:",
                                "  type=oci,dest=FILE           OCI image layout as a tar file",
                                "  type=oci,dest=DIR,tar=false  OCI image layout, replaced whole",
                                "  type=tar,dest=FILE           root file system as a tar file",
                                "  type=local,dest=DIR or DIR   root file system as files")
                        .build(),
                value("FILE", "--iidfile")
                        .description("write the image ID to a file")
                        .build(),
                value("FILE", "--metadata-file")
                        .description("write digests and names as JSON to a file")
                        .build());
    }

    private static List<ArgSpec> means() {
        return List.of(
                flag("--no-cache")
                        .description("run every step although its result is known")
                        .build(),
                values("HOST=URL", "--registry-mirror")
                        .description("ask URL instead of the registry HOST; repeatable")
                        .build(),
                value("DIR", "--root")
                        .description("directory of the local store")
                        .build());
    }

    private static List<ArgSpec> messages() {
        return List.of(
                value("MODE", "--progress")
                        .description("auto (live on a terminal), plain or quiet")
                        .build(),
                flag("-q", "--quiet")
                        .description("print nothing but the image ID")
                        .build(),
                flag("-D", "--debug")
                        .description("print the stack trace of an unexpected failure")
                        .build(),
                flag("--version")
                        .versionHelp(true)
                        .description("print the version of jbuild and of Java")
                        .build(),
                flag("-h", "--help").usageHelp(true).description("print this").build());
    }

    private static void describe(UsageMessageSpec usage) {
        usage.width(WIDTH)
                .longOptionsMaxWidth(OPTION_WIDTH)
                .sortOptions(false)
                .header("Builds a container image from a Dockerfile, without a daemon.", "")
                .customSynopsis("jbuild [build] [-f FILE] [OPTIONS] CONTEXT")
                .exitCodeListHeading("%nExit codes%n")
                .exitCodeList(exitCodes())
                .footerHeading("%nEnvironment%n")
                .footer(
                        "  JBUILD_ROOT              as --root (default: /var/lib/jbuild for root, else ~/.cache/jbuild)",
                        "  JBUILD_REGISTRY_MIRRORS  as --registry-mirror, separated by commas",
                        "  NO_COLOR                 plain progress on a terminal too");
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        for (var code : ExitCode.values()) {
            codes.put(String.valueOf(code.number()), code.meaning());
        }
        codes.put("128+n", "ended by signal n");
        return codes;
    }

    /// A group that is only a heading in the help.
    private static ArgGroupSpec group(String heading, List<ArgSpec> members) {
        var group = ArgGroupSpec.builder().validate(false).heading("%n" + heading + "%n");
        members.forEach(group::addArg);
        return group.build();
    }

    private static OptionSpec.Builder flag(String... names) {
        // A plain "0" would refuse `--quiet=false`.
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity(Range.valueOf("0").unspecified(true));
    }

    private static OptionSpec.Builder value(String label, String... names) {
        return OptionSpec.builder(names).type(String.class).paramLabel(label);
    }

    private static OptionSpec.Builder values(String label, String... names) {
        return value(label, names).type(List.class).auxiliaryTypes(String.class);
    }

    private static boolean given(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, false);
    }

    private static @Nullable String value(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, null);
    }

    private static List<String> values(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, List.of());
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
}
