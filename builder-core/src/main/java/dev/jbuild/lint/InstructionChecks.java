package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import java.util.List;
import java.util.Locale;

/// The rules that one instruction can break all by itself.
public final class InstructionChecks {
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
                findings.report(
                        Rule.MAINTAINER_DEPRECATED,
                        maintainer.origin(),
                        "Maintainer instruction is deprecated in favor of using label");
            case Instruction.Arg arg ->
                checkDescription(
                        "ARG",
                        arg.declarations().stream()
                                .map(declaration -> declaration.name().text())
                                .toList(),
                        arg.origin());
            default -> {}
        }
    }

    private void checkFrom(Instruction.From from) {
        var alias = from.alias();
        if (alias == null) {
            return;
        }
        var name = alias.name().value();
        if (!isLowerCase(name)) {
            findings.report(Rule.STAGE_NAME_CASING, from.origin(), "Stage name '" + name + "' should be lowercase");
        }
        var keyword = from.origin().keyword();
        var as = alias.keyword().value();
        // A keyword of mixed case is the business of another rule.
        var differs = isLowerCase(keyword) ? !isLowerCase(as) : isUpperCase(keyword) && !isUpperCase(as);
        if (differs) {
            findings.report(
                    Rule.FROM_AS_CASING,
                    from.origin(),
                    "'" + as + "' and '" + keyword + "' keywords' casing do not match");
        }
        checkDescription("FROM", List.of(name.toLowerCase(Locale.ROOT)), from.origin());
    }

    private void checkDescription(String keyword, List<String> names, Instruction.Origin origin) {
        if (origin.comment().isEmpty()) {
            return;
        }
        var line = origin.comment().getLast();
        var blank = line.indexOf(' ');
        if (names.contains(blank < 0 ? line : line.substring(0, blank))) {
            return;
        }
        var example = names.size() == 1 ? names.getFirst() : "<arg_key>";
        findings.report(
                Rule.INVALID_DEFINITION_DESCRIPTION,
                origin,
                "Comment for " + keyword + " should follow the format: `# " + example + " <description>`");
    }

    static boolean isLowerCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT));
    }

    static boolean isUpperCase(String text) {
        return text.equals(text.toUpperCase(Locale.ROOT));
    }
}
