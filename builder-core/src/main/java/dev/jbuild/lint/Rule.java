package dev.jbuild.lint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that a Dockerfile should not do. Most have the names, descriptions and addresses of BuildKit, since
/// people skip them by name and tools read its output. Those that begin with [#OWN] are found only when asked for.
public enum Rule {
    STAGE_NAME_CASING("StageNameCasing", "Stage names should be lowercase"),
    FROM_AS_CASING("FromAsCasing", "The 'as' keyword should match the case of the 'from' keyword"),
    NO_EMPTY_CONTINUATION("NoEmptyContinuation", "Empty continuation lines will become errors in a future release"),
    CONSISTENT_INSTRUCTION_CASING(
            "ConsistentInstructionCasing",
            "All commands within the Dockerfile should use the same casing (either upper or lower)"),
    DUPLICATE_STAGE_NAME("DuplicateStageName", "Stage names should be unique"),
    RESERVED_STAGE_NAME("ReservedStageName", "Reserved words should not be used as stage names"),
    JSON_ARGS_RECOMMENDED(
            "JSONArgsRecommended",
            "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals"),
    MAINTAINER_DEPRECATED(
            "MaintainerDeprecated",
            "The MAINTAINER instruction is deprecated, use a label instead to define an image author"),
    UNDEFINED_ARG_IN_FROM("UndefinedArgInFrom", "FROM command must use declared ARGs"),
    WORKDIR_RELATIVE_PATH(
            "WorkdirRelativePath",
            "Relative workdir without an absolute workdir declared within the build can have unexpected results"
                    + " if the base image changes"),
    UNDEFINED_VAR("UndefinedVar", "Variables should be defined before their use"),
    MULTIPLE_INSTRUCTIONS_DISALLOWED(
            "MultipleInstructionsDisallowed",
            "Multiple instructions of the same type should not be used in the same stage"),
    LEGACY_KEY_VALUE_FORMAT(
            "LegacyKeyValueFormat", "Legacy key/value format with whitespace separator should not be used"),
    INVALID_BASE_IMAGE_PLATFORM(
            "InvalidBaseImagePlatform", "Base image platform does not match expected target platform"),
    REDUNDANT_TARGET_PLATFORM(
            "RedundantTargetPlatform",
            "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior"),
    SECRETS_USED_IN_ARG_OR_ENV("SecretsUsedInArgOrEnv", "Sensitive data should not be used in the ARG or ENV commands"),
    INVALID_DEFAULT_ARG_IN_FROM(
            "InvalidDefaultArgInFrom", "Default value for global ARG results in an empty or invalid base image name"),
    FROM_PLATFORM_FLAG_CONST_DISALLOWED(
            "FromPlatformFlagConstDisallowed", "FROM --platform flag should not use a constant value"),
    COPY_IGNORED_FILE("CopyIgnoredFile", "Attempting to Copy file that is excluded by .dockerignore"),
    INVALID_DEFINITION_DESCRIPTION(
            "InvalidDefinitionDescription",
            "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`."
                    + " If this is not intended to be a description comment, add an empty line or comment"
                    + " between the instruction and the comment."),
    EXPOSE_PROTO_CASING("ExposeProtoCasing", "Protocol in EXPOSE instruction should be lowercase"),
    EXPOSE_INVALID_FORMAT(
            "ExposeInvalidFormat",
            "IP address and host-port mapping should not be used in EXPOSE instruction."
                    + " This will become an error in a future release"),

    UNPINNED_IMAGE("jbuild/UnpinnedImage", "Images should be named with a version or a digest"),
    COPY_BEFORE_DEPENDENCIES(
            "jbuild/CopyBeforeDependencies",
            "Dependencies should be installed before the whole context is copied, so that the cache can keep them"),
    SECRET_IN_FILE("jbuild/SecretInFile", "Files with secrets should be mounted for a step, not copied into an image"),
    UNUSED_ARG("jbuild/UnusedArg", "An ARG that nothing uses should be removed"),
    UNUSED_STAGE("jbuild/UnusedStage", "A stage that no other uses is built only when it is the target"),
    PACKAGE_CACHE_LEFT("jbuild/PackageCacheLeft", "Caches of package managers should not stay in a layer of the image"),
    ARG_OVERRIDES_ENV(
            "jbuild/ArgOverridesEnv", "An ARG should not have the name of an ENV before it, whose value it hides"),
    STAGE_PLATFORM("jbuild/StagePlatform", "FROM --platform has no effect on a stage of the same file");

    /// What the names of rules begin with that BuildKit does not have.
    public static final String OWN = "jbuild/";

    private static final String PAGES = "https://docs.docker.com/go/dockerfile/rule/";

    private final String title;
    private final String description;

    Rule(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /// The name that people write, for example `StageNameCasing`.
    public String title() {
        return title;
    }

    /// What the rule wants, in one sentence.
    public String description() {
        return description;
    }

    /// The rule of that name, or null.
    ///
    /// @param title for example `StageNameCasing`; case counts
    public static @Nullable Rule of(String title) {
        for (var rule : values()) {
            if (rule.title.equals(title)) {
                return rule;
            }
        }
        return null;
    }

    /// Where it is explained, or null if BuildKit does not say. The address of our own is a path in this repository.
    public @Nullable String url() {
        if (isOwn()) {
            return page();
        }
        // BuildKit has a page for it and does not say so.
        return this == INVALID_BASE_IMAGE_PLATFORM ? null : PAGES + slug() + "/";
    }

    /// The path of its page in this repository.
    public String page() {
        return "docs/rules/" + slug() + ".md";
    }

    /// The name in lower case, its words joined with `-`.
    private String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether BuildKit does not know it.
    public boolean isOwn() {
        return title.startsWith(OWN);
    }

    /// Whether it is found only when asked for.
    public boolean isOptional() {
        return isOwn() || isExperimental();
    }

    /// Whether it applies only when asked for, and `skip=all` leaves it alone then.
    public boolean isExperimental() {
        return this == INVALID_DEFINITION_DESCRIPTION;
    }
}
