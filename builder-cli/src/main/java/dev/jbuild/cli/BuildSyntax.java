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
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

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
            "--cgroup-parent",
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
            "--policy",
            "--print",
            "--provenance",
            "--push",
            "--resource",
            "--sbom",
            "--secret",
            "--security-opt",
            "--shm-size",
            "--squash",
            "--ssh",
            "--ulimit");

    /// Purposes of commands begin where those of options do.
    private static final int COMMAND_WIDTH = Options.OPTION_WIDTH + 6;

    private BuildSyntax() {}

    static CommandSpec specification() {
        var build = CommandSpec.create();
        build.addArgGroup(group("What is built", input()));
        build.addArgGroup(group("What is done with it instead", calls()));
        build.addArgGroup(group("What becomes of it", output()));
        build.addArgGroup(group("How it is built", means()));
        build.addArgGroup(group("What is said meanwhile", messages()));
        // Old scripts have these; what they ask for is always so, or has no meaning here.
        for (var name : new String[] {"--rm", "--force-rm", "--compress"}) {
            build.addOption(Options.flag(name).hidden(true).build());
        }
        describe(build.usageMessage());
        return build;
    }

    /// {@return what was asked for, from the result of parsing by [#specification()]}
    static Command command(ParseResult parsed) {
        var call = CallOption.of(parsed);
        return call == null ? new Command.Build(options(parsed)) : call.command(parsed);
    }

    /// {@return what was given, from the result of parsing by [#specification()]}
    static BuildOptions options(ParseResult parsed) {
        return new BuildOptions(
                Options.operands(parsed),
                Options.value(parsed, "--file"),
                Options.value(parsed, "--target"),
                Options.value(parsed, "--platform"),
                Options.values(parsed, "--build-arg"),
                Options.values(parsed, "--build-context"),
                Options.values(parsed, "--tag"),
                Options.values(parsed, "--output"),
                Options.value(parsed, "--iidfile"),
                Options.value(parsed, "--metadata-file"),
                Options.given(parsed, "--no-cache"),
                Options.values(parsed, "--no-cache-filter"),
                AgeOption.parse("--cache-ttl", Options.value(parsed, "--cache-ttl")),
                Options.given(parsed, "--pull"),
                Options.given(parsed, "--reproducible"),
                Options.values(parsed, "--registry-mirror"),
                Options.root(parsed),
                progress(Options.value(parsed, "--progress")),
                Options.given(parsed, "--explain"),
                Options.given(parsed, "--quiet"),
                Options.given(parsed, "--debug"));
    }

    private static List<ArgSpec> input() {
        var context = Options.operands("CONTEXT").description("directory that COPY and ADD read from");
        return List.of(
                context.build(),
                Options.value("FILE", "-f", "--file")
                        .description("Dockerfile (default: CONTEXT/Dockerfile)")
                        .build(),
                Options.value("STAGE", "--target")
                        .description("build this stage (default: the last one)")
                        .build(),
                Options.value("OS/ARCH", "--platform")
                        .description("platform of the image (default: that of this machine)")
                        .build(),
                Options.values("NAME[=VALUE]", "--build-arg")
                        .description("value of an ARG; without =VALUE it is that of the environment")
                        .build(),
                Options.values("NAME=SOURCE", "--build-context")
                        .description(
                                "what FROM NAME and COPY --from=NAME mean; repeatable:",
                                "  NAME=DIR",
                                "  NAME=oci-layout://DIR[:TAG|@DIGEST]")
                        .build());
    }

    private static List<ArgSpec> calls() {
        return List.of(
                Options.flag("--check").description("as --call=check").build(),
                Options.value("METHOD", "--call")
                        .description(
                                "without a registry, a store or a build:",
                                "  check    what the build checks find; exits with 1 when there is something",
                                "  outline  build arguments, secrets and agents that the target takes",
                                "  targets  stages that can be built",
                                "each with ,format=json for programs; check also with ,ignorestatus=true")
                        .build());
    }

    private static List<ArgSpec> output() {
        return List.of(
                Options.values("NAME[:TAG]", "-t", "--tag")
                        .description("name of the image, in the store and in the output; repeatable")
                        .build(),
                Options.values("OUTPUT", "-o", "--output")
                        .description(
                                "without any the image stays in the local store; repeatable:",
                                "  type=oci,dest=FILE           OCI image layout as a tar file",
                                "  type=oci,dest=DIR,tar=false  OCI image layout; DIR is new, empty or a layout",
                                "  type=tar,dest=FILE           root file system as a tar file",
                                "  type=local,dest=DIR or DIR   root file system as files",
                                "with ,rewrite-timestamp=true no file of a layer made here is later than",
                                "SOURCE_DATE_EPOCH")
                        .build(),
                Options.value("FILE", "--iidfile")
                        .description("write the image ID to a file")
                        .build(),
                Options.value("FILE", "--metadata-file")
                        .description("write digests and names as JSON to a file")
                        .build());
    }

    private static List<ArgSpec> means() {
        return List.of(
                Options.flag("--no-cache")
                        .description("run every step although its result is known")
                        .build(),
                Options.values("STAGE", "--no-cache-filter")
                        .description("run every step of this stage although its result is known; repeatable")
                        .build(),
                Options.value("AGE", "--cache-ttl")
                        .description("run steps whose result is older than AGE, for example 12h or 7d")
                        .build(),
                Options.flag("--pull")
                        .description("ask registries again what a tag is, although the store knows")
                        .build(),
                Options.flag("--reproducible")
                        .description(
                                "the same image wherever and whenever it is built: rewrite-timestamp=true",
                                "for the image, with SOURCE_DATE_EPOCH=0 when no time is given")
                        .build(),
                Options.values("HOST=URL", "--registry-mirror")
                        .description("ask URL instead of the registry HOST; repeatable")
                        .build(),
                Options.value("DIR", "--root")
                        .description("directory of the local store")
                        .build());
    }

    private static List<ArgSpec> messages() {
        return List.of(
                Options.value("MODE", "--progress")
                        .description("auto (live on a terminal), plain or quiet")
                        .build(),
                Options.flag("--explain")
                        .description("say of each step that runs why its result was not known")
                        .build(),
                Options.flag("-q", "--quiet")
                        .description("print nothing but the image ID")
                        .build(),
                Options.flag("-D", "--debug")
                        .description("explain warnings; print the stack trace of an unexpected failure")
                        .build(),
                Options.flag("--version")
                        .versionHelp(true)
                        .description("print the version of jbuild and of Java")
                        .build(),
                Options.help());
    }

    private static void describe(UsageMessageSpec usage) {
        Options.layOut(usage);
        usage.header("Builds a container image from a Dockerfile, without a daemon.", "")
                .customSynopsis("jbuild [build] [-f FILE] [OPTIONS] CONTEXT", "       jbuild COMMAND --help")
                .description(commands())
                .exitCodeListHeading("%nExit codes%n")
                .exitCodeList(exitCodes())
                .footerHeading("%nEnvironment%n")
                .footer(
                        "  JBUILD_ROOT              as --root (default: /var/lib/jbuild for root, else ~/.cache/jbuild)",
                        "  JBUILD_REGISTRY_MIRRORS  as --registry-mirror, separated by commas",
                        "  JBUILD_CACHE_MAX         limit of the store: 20GB, 50%%, off (default: 80%%, at most 100GB)",
                        "  DOCKER_DEFAULT_PLATFORM  as --platform",
                        "  SOURCE_DATE_EPOCH        as --build-arg of that name",
                        "  NO_COLOR                 plain progress on a terminal too");
    }

    private static String[] commands() {
        var all = Subcommand.values();
        var lines = new String[all.length + 2];
        lines[0] = "";
        lines[1] = "Commands";
        for (int i = 0; i < all.length; i++) {
            lines[i + 2] = "  " + all[i].word()
                    + " ".repeat(COMMAND_WIDTH - all[i].word().length()) + all[i].purpose();
        }
        return lines;
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
