package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Diagnostic.Phase;
import java.util.Locale;

/// What can be wrong with a Dockerfile, and how early it is seen.
enum Rule {
    // The file falls apart before its instructions are known.
    EMPTY_FILE(Phase.SYNTAX),
    FILE_TOO_LARGE(Phase.SYNTAX),
    NOT_UTF_8(Phase.SYNTAX),
    LINE_TOO_LONG(Phase.SYNTAX),
    NO_INSTRUCTIONS(Phase.SYNTAX),
    REPEATED_DIRECTIVE(Phase.SYNTAX),
    ESCAPE_DIRECTIVE(Phase.SYNTAX),
    JSON_NOT_STRINGS(Phase.SYNTAX),
    NO_VALUE(Phase.SYNTAX),
    NO_EQUALS_SIGN(Phase.SYNTAX),
    HEREDOC_WORD(Phase.SYNTAX),
    UNTERMINATED_HEREDOC(Phase.SYNTAX),

    // One instruction is not as its kind must be.
    UNKNOWN_INSTRUCTION(Phase.INSTRUCTION),
    BEFORE_FIRST_STAGE(Phase.INSTRUCTION),
    NO_ARGUMENT(Phase.INSTRUCTION),
    BLANK_NAME(Phase.INSTRUCTION),
    UNKNOWN_FLAG(Phase.INSTRUCTION),
    DUPLICATE_FLAG(Phase.INSTRUCTION),
    FLAG_WITHOUT_VALUE(Phase.INSTRUCTION),
    FLAG_NOT_BOOLEAN(Phase.INSTRUCTION),
    FROM_ARGUMENTS(Phase.INSTRUCTION),
    STAGE_NAME(Phase.INSTRUCTION),
    COPY_NO_DESTINATION(Phase.INSTRUCTION),
    ADD_NO_DESTINATION(Phase.INSTRUCTION),
    HEREDOC_DESTINATION(Phase.INSTRUCTION),
    SHELL_FORM(Phase.INSTRUCTION),
    EMPTY_VOLUME(Phase.INSTRUCTION),
    NETWORK_MODE(Phase.INSTRUCTION),
    SECURITY_MODE(Phase.INSTRUCTION),
    DEVICE(Phase.INSTRUCTION),
    FLAG_QUOTES(Phase.INSTRUCTION),
    MOUNT_FROM_NOT_EXPANDED(Phase.INSTRUCTION),
    HEALTHCHECK_TYPE(Phase.INSTRUCTION),
    HEALTHCHECK_NONE(Phase.INSTRUCTION),
    HEALTHCHECK_COMMAND(Phase.INSTRUCTION),
    DURATION(Phase.INSTRUCTION),
    RETRIES(Phase.INSTRUCTION),
    ONBUILD_TRIGGER(Phase.INSTRUCTION),

    // Each instruction is in order, and still it cannot mean anything.
    NO_STAGE(Phase.MEANING),
    FROM_NOT_EXPANDED(Phase.MEANING),
    UNKNOWN_MOUNT_TYPE(Phase.MEANING),
    UNKNOWN_MOUNT_OPTION(Phase.MEANING),
    MOUNT_OPTION_WITHOUT_VALUE(Phase.MEANING),
    UNCLOSED_QUOTE(Phase.MEANING),
    BAD_SUBSTITUTION(Phase.MEANING),
    NESTED_TOO_DEEPLY(Phase.MEANING),
    QUOTED_BLANK(Phase.MEANING),
    QUOTED_ASSIGNMENT(Phase.MEANING),
    FOREIGN_SYNTAX(Phase.MEANING),
    JSON_SHELL_FORM(Phase.MEANING),
    FLAG_WITHOUT_EFFECT(Phase.MEANING),
    NO_EMPTY_CONTINUATION(Phase.MEANING),
    AND_MORE(Phase.MEANING);

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Phase phase;

    Rule(Phase phase) {
        this.phase = phase;
    }

    /// Returns the name that users see.
    String id() {
        return id;
    }

    Phase phase() {
        return phase;
    }
}
