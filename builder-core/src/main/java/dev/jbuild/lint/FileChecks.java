package dev.jbuild.lint;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules that need the whole parsed file and nothing else.
public final class FileChecks {
    /// The warning of the parser that is a rule here.
    public static final String EMPTY_CONTINUATION = "no-empty-continuation";

    /// What a Dockerfile can already call by these names.
    private static final Set<String> RESERVED = Set.of("context", "scratch");

    private final Dockerfile dockerfile;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Findings findings;

    private FileChecks(Dockerfile dockerfile, Findings findings) {
        this.dockerfile = dockerfile;
        this.findings = findings;
        for (Stage stage : dockerfile.stages()) {
            instructions.add(stage.from());
            instructions.addAll(stage.instructions());
        }
    }

    /// Reports what breaks a rule in a file, in all of its stages.
    public static void check(Dockerfile dockerfile, Findings findings) {
        var checks = new FileChecks(dockerfile, findings);
        checks.checkContinuations();
        checks.checkInstructions();
        checks.checkStageNames();
        checks.checkCasing();
        if (asksForOwn(findings.options()) || dockerfile.source().text().contains(Rule.OWN)) {
            OwnChecks.check(dockerfile, findings);
        }
    }

    /// Builds always look for the one about platforms, which is found elsewhere.
    private static boolean asksForOwn(CheckOptions options) {
        for (var rule : Rule.values()) {
            if (rule.isOwn() && rule != Rule.STAGE_PLATFORM && options.allows(rule)) {
                return true;
            }
        }
        return false;
    }

    private void checkInstructions() {
        var checks = new InstructionChecks(findings);
        dockerfile.globalArgs().forEach(checks::check);
        instructions.forEach(checks::check);
    }

    /// Reports each instruction once, at its end, whatever number of empty lines it has.
    private void checkContinuations() {
        var all = new ArrayList<Instruction>(dockerfile.globalArgs());
        all.addAll(instructions);
        var remaining = all.iterator();
        var last = 0;
        // Warnings and instructions are both in the order of the file, so neither is looked at twice.
        for (var warning : dockerfile.warnings()) {
            var line = warning.range().startLine();
            if (!warning.rule().equals(EMPTY_CONTINUATION) || line <= last) {
                continue;
            }
            while (line > last && remaining.hasNext()) {
                var instruction = remaining.next();
                last = instruction.range().endLine();
                if (instruction.range().contains(warning.range())) {
                    reportContinuation(instruction);
                }
            }
        }
    }

    private void reportContinuation(Instruction instruction) {
        var line = lastLine(instruction);
        findings.report(
                Rule.NO_EMPTY_CONTINUATION,
                new SourceRange(line, 1, line, 1),
                instruction.origin().comment(),
                "Empty continuation line");
    }

    /// The last line of an instruction itself, before the bodies of its here-documents.
    private static int lastLine(Instruction instruction) {
        var heredocs = heredocs(instruction);
        return heredocs.isEmpty()
                ? instruction.range().endLine()
                : heredocs.getLast().range().endLine();
    }

    private static List<Heredoc> heredocs(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Run run when run.command() instanceof Command.Shell shell -> shell.heredocs();
            case Instruction.Copy copy -> heredocs(copy.sources());
            case Instruction.Add add -> heredocs(add.sources());
            default -> List.of();
        };
    }

    private static List<Heredoc> heredocs(List<FileSource> sources) {
        var heredocs = new ArrayList<Heredoc>();
        for (var source : sources) {
            if (source instanceof FileSource.Inline(Heredoc heredoc)) {
                heredocs.add(heredoc);
            }
        }
        return heredocs;
    }

    private void checkStageNames() {
        var names = new HashSet<String>();
        for (var stage : dockerfile.stages()) {
            var name = stage.from().name();
            if (name == null) {
                continue;
            }
            if (RESERVED.contains(name)) {
                findings.report(
                        Rule.RESERVED_STAGE_NAME,
                        stage.from().origin(),
                        "Stage name should not use the same name as reserved stage \"" + name + "\"");
            }
            if (!names.add(name)) {
                findings.report(
                        Rule.DUPLICATE_STAGE_NAME,
                        stage.from().origin(),
                        "Duplicate stage name \"" + name + "\", stage names should be unique");
            }
        }
    }

    private void checkCasing() {
        var lower = 0;
        var upper = 0;
        for (var instruction : instructions) {
            var keyword = instruction.origin().keyword();
            if (InstructionChecks.isLowerCase(keyword)) {
                lower++;
            } else if (InstructionChecks.isUpperCase(keyword)) {
                upper++;
            }
        }
        var wantsLower = lower > upper;
        for (var instruction : instructions) {
            var keyword = instruction.origin().keyword();
            var right = wantsLower ? InstructionChecks.isLowerCase(keyword) : InstructionChecks.isUpperCase(keyword);
            if (!right) {
                findings.report(
                        Rule.CONSISTENT_INSTRUCTION_CASING,
                        instruction.origin(),
                        "Command '" + keyword + "' should match the case of the command majority ("
                                + (wantsLower ? "lowercase" : "uppercase") + ")");
            }
        }
    }
}
