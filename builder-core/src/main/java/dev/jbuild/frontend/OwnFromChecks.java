package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.lint.Variables;
import org.jspecify.annotations.Nullable;

/// The checks of our own of images and stages that are named in FROM, `COPY --from` and `--mount=from=`, in all stages
/// of a file.
final class OwnFromChecks {
    private final Dockerfile dockerfile;
    private final GlobalArguments globals;
    private final Images images;
    private final Findings findings;
    private final StageNames names;
    private final String[] platforms;

    OwnFromChecks(Dockerfile dockerfile, GlobalArguments globals, Images images, Findings findings) {
        this.dockerfile = dockerfile;
        this.globals = globals;
        this.images = images;
        this.findings = findings;
        this.names = new StageNames(dockerfile.stages());
        this.platforms = new String[dockerfile.stages().size()];
    }

    void check() {
        for (int i = 0; i < dockerfile.stages().size(); i++) {
            Instruction.From from = dockerfile.stages().get(i).from();
            String image = value(from.image());
            int parent = names.before(image, i);
            platforms[i] = parent < 0 ? platform(from) : platforms[parent];
            if (parent >= 0) {
                checkPlatform(from, image, platforms[parent]);
            } else if (isKnown(from.image()) && (from.name() == null || images.named(from.name()) == null)) {
                checkPinned(image, from, i);
            }
            for (Instruction instruction : dockerfile.stages().get(i).instructions()) {
                checkInstruction(instruction, i);
            }
        }
    }

    /// What a stage is for as written, so that the machine that looks does not matter.
    private static String platform(Instruction.From from) {
        return from.platform() == null
                ? "$TARGETPLATFORM"
                : from.platform().text().replace("{", "").replace("}", "");
    }

    /// Whether every variable of a word has a value.
    private boolean isKnown(Word word) {
        return Variables.of(word).stream().allMatch(name -> globals.value(name) != null);
    }

    /// @param actual what the stage below is for
    private void checkPlatform(Instruction.From from, String stage, String actual) {
        if (from.platform() != null && !platform(from).equals(actual)) {
            findings.report(
                    Rule.STAGE_PLATFORM,
                    from.origin(),
                    "--platform has no effect on FROM " + stage + ", which is a stage for " + actual);
        }
    }

    private void checkInstruction(Instruction instruction, int stage) {
        if (instruction instanceof Instruction.Copy copy && copy.from() != null) {
            checkSource(copy.from().value(), copy, stage);
        } else if (instruction instanceof Instruction.Run run) {
            for (RunMount mount : run.mounts()) {
                mount.options().forEach(option -> checkMount(option, run, stage));
            }
        }
    }

    private void checkMount(RunMount.Option option, Instruction.Run run, int stage) {
        @Nullable String image = option.value() == null ? null : option.value().literal();
        if (option.key().value().equals("from") && image != null) {
            checkSource(image, run, stage);
        }
    }

    /// A bare word may as well be a named context that only the build gives.
    private void checkSource(String image, Instruction instruction, int stage) {
        if (image.indexOf('/') >= 0 || image.indexOf(':') >= 0) {
            checkPinned(image, instruction, stage);
        }
    }

    private void checkPinned(String image, Instruction instruction, int stage) {
        if (image.isEmpty() || image.equals("scratch") || image.indexOf('$') >= 0) {
            return;
        }
        if (image.indexOf('@') >= 0 || names.before(image, stage) >= 0 || images.named(image) != null) {
            return;
        }
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        if (colon < 0) {
            findings.report(
                    Rule.UNPINNED_IMAGE,
                    instruction.origin(),
                    "Image \"" + image + "\" has no tag, and so is the latest of its name whenever it is built");
        } else if (image.substring(colon + 1).equals("latest")) {
            findings.report(
                    Rule.UNPINNED_IMAGE,
                    instruction.origin(),
                    "Image \"" + image + "\" is another one whenever a new version comes out");
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
