package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.lint.Spelling;
import dev.jbuild.lint.Variables;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.InvalidReferenceException;
import dev.jbuild.oci.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checks of FROM lines, in all stages of a file whether a target reaches them or not.
final class FromChecks {
    private static final String TARGET_PLATFORM = "TARGETPLATFORM";

    private final Dockerfile dockerfile;
    private final GlobalArguments globals;
    private final Findings findings;
    private final Set<String> known;

    FromChecks(Dockerfile dockerfile, GlobalArguments globals, Findings findings) {
        this.dockerfile = dockerfile;
        this.globals = globals;
        this.findings = findings;
        this.known = new LinkedHashSet<>(globals.names());
        for (Instruction.Arg arg : dockerfile.globalArgs()) {
            arg.declarations()
                    .forEach(declaration -> known.add(declaration.name().text()));
        }
    }

    /// @param defaults the arguments as if the user gave none; null when some have no value then
    void check(@Nullable GlobalArguments defaults) {
        for (Stage stage : dockerfile.stages()) {
            Instruction.From from = stage.from();
            // A name without a variable is no default: the plan says what is wrong with it.
            if (defaults != null && !Variables.of(from.image()).isEmpty()) {
                checkDefault(from, defaults);
            }
            checkDeclared(from.image(), from);
            if (from.platform() != null) {
                checkDeclared(from.platform(), from);
                checkPlatform(from.platform(), from);
            }
        }
    }

    private void checkDefault(Instruction.From from, GlobalArguments defaults) {
        try {
            ImageReference.parse(new WordExpander(defaults).expand(from.image()));
        } catch (InvalidReferenceException _) {
            findings.report(
                    Rule.INVALID_DEFAULT_ARG_IN_FROM,
                    from.origin(),
                    "Default value for ARG " + from.image().text() + " results in empty or invalid base image name");
        } catch (ExpansionException _) {
            // The plan says it, unless the user gave the value.
        }
    }

    private void checkDeclared(Word word, Instruction.From from) {
        for (String name : Variables.of(word)) {
            if (!known.contains(name)) {
                findings.report(
                        Rule.UNDEFINED_ARG_IN_FROM,
                        from.origin(),
                        "FROM argument '" + name + "' is not declared" + Spelling.hint(name, known, ""));
            }
        }
    }

    private void checkPlatform(Word word, Instruction.From from) {
        List<String> used = List.copyOf(Variables.of(word));
        if (used.isEmpty()) {
            checkConstant(word, from);
        } else if (used.equals(List.of(TARGET_PLATFORM)) && value(word).equals(globals.value(TARGET_PLATFORM))) {
            findings.report(
                    Rule.REDUNDANT_TARGET_PLATFORM,
                    from.origin(),
                    "Setting platform to predefined " + word.text()
                            + " in FROM is redundant as this is the default behavior");
        }
    }

    private void checkConstant(Word word, Instruction.From from) {
        String text = value(word);
        Platform platform;
        try {
            platform = Platform.parse(text);
        } catch (IllegalArgumentException _) {
            // The plan says it.
            return;
        }
        @Nullable String stage = from.name();
        boolean named = stage != null && (stage.contains(platform.os()) || stage.contains(platform.architecture()));
        if (!named) {
            findings.report(
                    Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
                    from.origin(),
                    "FROM --platform flag should not use constant value \"" + text + "\"");
        }
    }

    private String value(Word word) {
        try {
            return new WordExpander(globals).expand(word);
        } catch (ExpansionException _) {
            return "";
        }
    }
}
