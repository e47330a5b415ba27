package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Suggestion;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What FROM lines say once the ARGs before the first of them have their values.
final class FromLines {
    private static final List<String> KNOWN_PLATFORMS = List.of(
            "linux/amd64",
            "linux/arm64",
            "linux/arm/v7",
            "linux/arm/v6",
            "linux/386",
            "linux/ppc64le",
            "linux/s390x",
            "linux/riscv64");

    private final WordExpander expander;
    private final Platform usual;

    /// @param usual platform of lines that ask for none
    FromLines(GlobalArguments globals, Platform usual) {
        this.expander = new WordExpander(globals);
        this.usual = usual;
    }

    /// {@return the image or stage that a stage stands on, never blank}
    ///
    /// @throws PlanException when there is none
    String image(Instruction.From from) {
        String name = expand(from.image());
        if (name.isBlank()) {
            throw new PlanException(
                    "blank-base",
                    from.image().range(),
                    "base name (" + from.image().text() + ") should not be blank",
                    "give the ARG a default before the first FROM, or a value with --build-arg");
        }
        return name;
    }

    /// {@return the platform of a stage}
    ///
    /// @throws PlanException when what it asks for is no platform
    Platform platform(Instruction.From from) {
        @Nullable Word written = from.platform();
        if (written == null) {
            return usual;
        }
        String text = expand(written);
        if (text.isEmpty()) {
            throw new PlanException(
                    "blank-platform",
                    written.range(),
                    "empty platform value from expression " + written.text(),
                    "for example --platform=$BUILDPLATFORM");
        }
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException problem) {
            throw new PlanException(
                    "invalid-platform",
                    written.range(),
                    String.valueOf(problem.getMessage()),
                    Suggestion.of(text, KNOWN_PLATFORMS));
        }
    }

    private String expand(Word word) {
        try {
            return expander.expand(word);
        } catch (ExpansionException problem) {
            throw new PlanException("no-value", problem.range(), String.valueOf(problem.getMessage()), null);
        }
    }
}
