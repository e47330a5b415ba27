package dev.jbuild.frontend;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.lint.SecretNames;
import dev.jbuild.lint.Spelling;
import dev.jbuild.lint.Variables;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checks of one stage. Sees every instruction just before it takes effect.
final class StageChecks {
    /// Arguments that ask for an attestation; that they are set nowhere is no slip.
    private static final Set<String> NO_VARIABLES = Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

    /// Patterns that leave nothing of a context.
    private static final Set<String> EVERYTHING = Set.of("*", "**", "**/*");

    private final PlanChecks checks;
    private final Findings findings;
    private final int index;
    private boolean workdirIsWritten;
    private @Nullable Place cmd;
    private @Nullable Place entrypoint;
    private @Nullable Place healthcheck;

    /// Where an instruction is reported, and the comment that may skip a rule there.
    private record Place(SourceRange range, List<String> comment) {}

    /// @param index number of the stage
    /// @param workdirIsWritten whether the stage begins with one of this file that has a WORKDIR
    StageChecks(PlanChecks checks, int index, boolean workdirIsWritten) {
        this.checks = checks;
        this.index = index;
        this.findings = checks.findings();
        this.workdirIsWritten = workdirIsWritten;
    }

    /// {@return whether a WORKDIR stood in this stage, or in one that it begins with}
    boolean workdirIsWritten() {
        return workdirIsWritten;
    }

    /// Checks what a base image is for.
    ///
    /// @param name of the image, as the file has it
    /// @param expected what the stage is to be for
    void checkPlatform(Instruction.From from, String name, Base.Image image, Platform expected) {
        Platform actual = image.image().config().platform();
        boolean same =
                expected.os().equals(actual.os()) && expected.architecture().equals(actual.architecture());
        if (!same) {
            findings.report(
                    Rule.INVALID_BASE_IMAGE_PLATFORM,
                    from.origin(),
                    "Base image " + name + " was pulled with platform \"" + actual + "\", expected \"" + expected
                            + "\" for current build");
        }
    }

    /// Checks an instruction.
    ///
    /// @param range where messages point; not the instruction's own when it is a trigger of the base
    /// @param variables as they are before it
    /// @param shell the one set before it; empty for none
    void check(Instruction instruction, SourceRange range, StageVariables variables, List<String> shell)
            throws IOException {
        var place = new Place(range, instruction.origin().comment());
        String keyword = instruction.origin().keyword();
        for (Word word : Variables.wordsOf(instruction)) {
            checkDefined(word, place, variables);
        }
        switch (instruction) {
            case Instruction.Env env -> checkEnv(env, place, variables);
            case Instruction.Label label -> checkOldForm(label.bindings(), keyword, place);
            case Instruction.Arg arg -> checkArg(arg, place, variables);
            case Instruction.Workdir workdir -> checkWorkdir(workdir, place, variables);
            case Instruction.Cmd command -> {
                cmd = checkOnce(cmd, keyword, place);
                checkForm(command.command(), keyword, place, shell);
            }
            case Instruction.Entrypoint command -> {
                entrypoint = checkOnce(entrypoint, keyword, place);
                checkForm(command.command(), keyword, place, shell);
            }
            case Instruction.Healthcheck _ -> healthcheck = checkOnce(healthcheck, keyword, place);
            case Instruction.Expose expose -> checkPorts(expose, place, variables);
            case Instruction.Copy copy -> {
                if (copy.from() == null) {
                    checkIgnored("Copy", copy.sources(), place, variables);
                }
            }
            case Instruction.Add add -> checkIgnored("Add", add.sources(), place, variables);
            case Instruction.From _,
                    Instruction.Run _,
                    Instruction.User _,
                    Instruction.Volume _,
                    Instruction.Shell _,
                    Instruction.StopSignal _,
                    Instruction.OnBuild _,
                    Instruction.Maintainer _ -> {}
        }
    }

    /// Notes what an ARG became.
    void declared(DeclaredArguments.Declared argument) {
        checks.declared().add(index, argument);
    }

    private void report(Rule rule, Place place, String detail) {
        findings.report(rule, place.range(), place.comment(), detail);
    }

    private void checkDefined(Word word, Place place, StageVariables variables) {
        for (String name : Variables.of(word)) {
            if (variables.value(name) == null && !variables.declares(name) && !NO_VARIABLES.contains(name)) {
                report(
                        Rule.UNDEFINED_VAR,
                        place,
                        "Usage of undefined variable '$" + name + "'" + Spelling.hint(name, variables.names(), "$"));
            }
        }
    }

    private void checkEnv(Instruction.Env env, Place place, StageVariables variables) {
        checkOldForm(env.bindings(), env.origin().keyword(), place);
        for (Instruction.Binding binding : env.bindings()) {
            checkSecret("ENV", binding.name(), place, variables);
        }
    }

    private void checkOldForm(List<Instruction.Binding> bindings, String keyword, Place place) {
        if (bindings.getFirst().old()) {
            report(
                    Rule.LEGACY_KEY_VALUE_FORMAT,
                    place,
                    "\"" + keyword + " key=value\" should be used instead of legacy \"" + keyword
                            + " key value\" format");
        }
    }

    private void checkArg(Instruction.Arg arg, Place place, StageVariables variables) {
        var before = new HashSet<String>();
        for (Instruction.Declaration declaration : arg.declarations()) {
            checkSecret("ARG", declaration.name(), place, variables);
            String name = expanded(declaration.name(), variables);
            if (declaration.value() != null && !variables.isGiven(name)) {
                Set<String> used = Variables.of(declaration.value());
                if (before.stream().noneMatch(used::contains)) {
                    checkDefined(declaration.value(), place, variables);
                }
            }
            before.add(name);
        }
    }

    private void checkSecret(String instruction, Word word, Place place, StageVariables variables) {
        String name = expanded(word, variables);
        if (SecretNames.contains(name)) {
            report(
                    Rule.SECRETS_USED_IN_ARG_OR_ENV,
                    place,
                    "Do not use ARG or ENV instructions for sensitive data (" + instruction + " \"" + name + "\")");
        }
    }

    private void checkWorkdir(Instruction.Workdir workdir, Place place, StageVariables variables) {
        String path = expanded(workdir.path(), variables);
        // Without a value nothing can be said of a path; that the variable has none is told by another rule.
        if (!workdirIsWritten && !path.isEmpty() && !path.startsWith("/")) {
            report(
                    Rule.WORKDIR_RELATIVE_PATH,
                    place,
                    "Relative workdir \"" + path + "\" can have unexpected results if the base image changes");
        }
        workdirIsWritten = true;
    }

    /// Reports the earlier one of two, which is without effect.
    private Place checkOnce(@Nullable Place earlier, String keyword, Place place) {
        if (earlier != null) {
            report(
                    Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                    earlier,
                    "Multiple " + keyword
                            + " instructions should not be used in the same stage because only the last one will be"
                            + " used");
        }
        return place;
    }

    private void checkForm(Command command, String keyword, Place place, List<String> shell) {
        if (command instanceof Command.Shell && shell.isEmpty()) {
            report(
                    Rule.JSON_ARGS_RECOMMENDED,
                    place,
                    "JSON arguments recommended for " + keyword
                            + " to prevent unintended behavior related to OS signals");
        }
    }

    private void checkPorts(Instruction.Expose expose, Place place, StageVariables variables) {
        for (Word word : expose.ports()) {
            List<String> ports;
            try {
                ports = new WordExpander(variables).expandToWords(word);
            } catch (ExpansionException _) {
                // The plan says it.
                continue;
            }
            for (String port : ports) {
                checkPort(port, place);
            }
        }
    }

    private void checkPort(String port, Place place) {
        String container = port.substring(port.lastIndexOf(':') + 1);
        String protocol = container.substring(container.indexOf('/') + 1);
        if (container.indexOf('/') > 0 && !protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
            report(
                    Rule.EXPOSE_PROTO_CASING,
                    place,
                    "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase");
        }
        if (container.length() < port.length() - 1) {
            report(
                    Rule.EXPOSE_INVALID_FORMAT,
                    place,
                    "EXPOSE instruction should not define an IP address or host-port mapping, found '" + port + "'");
        }
    }

    private void checkIgnored(String verb, List<FileSource> sources, Place place, StageVariables variables)
            throws IOException {
        for (FileSource source : sources) {
            if (!(source instanceof FileSource.Path(Word word))) {
                continue;
            }
            String path = expanded(word, variables);
            boolean remote = path.contains("://") || path.startsWith("git@");
            if (!path.isEmpty() && !remote && isIgnored(path)) {
                report(
                        Rule.COPY_IGNORED_FILE,
                        place,
                        "Attempting to " + verb + " file \"" + clean(path) + "\" that is excluded by .dockerignore");
            }
        }
    }

    /// With a pattern that takes files back in, what is left of a directory cannot be told from its name.
    private boolean isIgnored(String path) throws IOException {
        IgnorePatterns ignored = checks.ignored();
        List<ByteString> patterns = ignored.patterns();
        if (patterns.stream().anyMatch(pattern -> pattern.toString().startsWith("!"))) {
            return false;
        }
        String relative = AbsolutePath.resolve("/", path).substring(1);
        return relative.isEmpty()
                ? patterns.stream().anyMatch(pattern -> EVERYTHING.contains(pattern.toString()))
                : ignored.excludes(ByteString.of(relative));
    }

    private static String clean(String path) {
        String whole = AbsolutePath.resolve("/", path);
        if (path.startsWith("/")) {
            return whole;
        }
        return whole.equals("/") ? "." : whole.substring(1);
    }

    /// The value of a word, or nothing when it has none: then the plan says it.
    private static String expanded(Word word, StageVariables variables) {
        try {
            return new WordExpander(variables).expand(word);
        } catch (ExpansionException _) {
            return "";
        }
    }
}
