package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules that one instruction can break all by itself.
public final class InstructionChecks {
    /// What [Rule#MAINTAINER_DEPRECATED] says.
    public static final String MAINTAINER_DEPRECATED = "Maintainer instruction is deprecated in favor of using label";

    private final Findings findings;

    /// @param findings takes what is found
    public InstructionChecks(Findings findings) {
        this.findings = findings;
    }

    /// Checks an instruction as written.
    public void check(Instruction instruction) {
        switch (instruction) {
            case Instruction.From from -> checkFrom(from);
            case Instruction.Maintainer maintainer ->
                findings.report(Rule.MAINTAINER_DEPRECATED, maintainer.origin(), MAINTAINER_DEPRECATED);
            case Instruction.Arg arg ->
                checkDescription(
                        "ARG",
                        arg.declarations().stream()
                                .map(declaration -> declaration.name().text())
                                .toList(),
                        arg.origin());
            case Instruction.Run _,
                    Instruction.Copy _,
                    Instruction.Add _,
                    Instruction.Env _,
                    Instruction.Label _,
                    Instruction.Workdir _,
                    Instruction.User _,
                    Instruction.Expose _,
                    Instruction.Volume _,
                    Instruction.Cmd _,
                    Instruction.Entrypoint _,
                    Instruction.Shell _,
                    Instruction.StopSignal _,
                    Instruction.Healthcheck _,
                    Instruction.OnBuild _ -> {}
        }
    }

    private void checkFrom(Instruction.From from) {
        var alias = from.alias();
        if (alias == null) {
            return;
        }
        var name = alias.name().value();
        report(Rule.STAGE_NAME_CASING, stageNameCasing(name), from.origin());
        report(
                Rule.FROM_AS_CASING,
                fromAsCasing(from.origin().keyword(), alias.keyword().value()),
                from.origin());
        checkDescription("FROM", List.of(name.toLowerCase(Locale.ROOT)), from.origin());
    }

    private void checkDescription(String keyword, List<String> names, Instruction.Origin origin) {
        report(Rule.INVALID_DEFINITION_DESCRIPTION, description(keyword, names, origin.comment()), origin);
    }

    private void report(Rule rule, @Nullable String detail, Instruction.Origin origin) {
        if (detail != null) {
            findings.report(rule, origin, detail);
        }
    }

    /// {@return what [Rule#STAGE_NAME_CASING] says of a name, as written; null when it is in order}
    public static @Nullable String stageNameCasing(String name) {
        return isLowerCase(name) ? null : "Stage name '" + name + "' should be lowercase";
    }

    /// {@return what [Rule#FROM_AS_CASING] says of the two keywords, as written; null when they are in order}
    public static @Nullable String fromAsCasing(String from, String as) {
        // A keyword of mixed case is the business of another rule.
        var differs = isLowerCase(from) ? !isLowerCase(as) : isUpperCase(from) && !isUpperCase(as);
        return differs ? "'" + as + "' and '" + from + "' keywords' casing do not match" : null;
    }

    /// {@return what [Rule#INVALID_DEFINITION_DESCRIPTION] says of a comment; null when it is in order}
    ///
    /// @param keyword `FROM` or `ARG`
    /// @param names what is defined, at least one
    /// @param comment lines above the instruction
    public static @Nullable String description(String keyword, List<String> names, List<String> comment) {
        if (comment.isEmpty()) {
            return null;
        }
        var line = comment.getLast();
        var blank = line.indexOf(' ');
        if (names.contains(blank < 0 ? line : line.substring(0, blank))) {
            return null;
        }
        var example = names.size() == 1 ? names.getFirst() : "<arg_key>";
        return "Comment for " + keyword + " should follow the format: `# " + example + " <description>`";
    }

    static boolean isLowerCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT));
    }

    static boolean isUpperCase(String text) {
        return text.equals(text.toUpperCase(Locale.ROOT));
    }
}
