package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds ARGs and stages that nothing in the file uses.
final class UnusedChecks {
    /// Arguments that mean something without being named again.
    private static final Set<String> KNOWN =
            Set.of("SOURCE_DATE_EPOCH", "http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy");

    private final StageTree stages;
    private final Findings findings;
    private final Map<String, Integer> lastLines;

    /// By stage: whether a step or a trigger runs in it, or in one that begins with it.
    private final boolean[] runs;

    /// By stage: whether one runs in a stage that begins with it.
    private final boolean[] runsLater;

    UnusedChecks(StageTree stages, Findings findings) {
        this.stages = stages;
        this.findings = findings;
        this.lastLines = lastLines(stages.dockerfile().source().text());
        this.runs = new boolean[stages.stages().size()];
        this.runsLater = new boolean[runs.length];
        var variable = stages.stages().stream()
                .map(stage -> pattern(stage.from().image()))
                .filter(pattern -> pattern.indexOf('*') >= 0)
                .distinct()
                .toList();
        for (var i = runs.length - 1; i >= 0; i--) {
            var name = stages.stages().get(i).from().name();
            // Whoever begins with a variable may begin with this one.
            runsLater[i] |= name != null && fits(name, variable);
            runs[i] = runsLater[i] || lastStep(i) >= 0;
            if (runs[i] && stages.parent(i) >= 0) {
                runsLater[stages.parent(i)] = true;
            }
        }
    }

    /// The last line, counted from 1, on which each name stands.
    private static Map<String, Integer> lastLines(String text) {
        var lines = new HashMap<String, Integer>();
        var line = 1;
        var start = 0;
        for (var i = 0; i <= text.length(); i++) {
            var character = i == text.length() ? '\n' : text.charAt(i);
            if (character == '_' || Character.isLetterOrDigit(character)) {
                continue;
            }
            if (start < i) {
                lines.put(text.substring(start, i), line);
            }
            start = i + 1;
            line += character == '\n' ? 1 : 0;
        }
        return lines;
    }

    /// The index of the last RUN or ONBUILD of a stage, or -1.
    private int lastStep(int stage) {
        var instructions = stages.stages().get(stage).instructions();
        for (var i = instructions.size() - 1; i >= 0; i--) {
            if (instructions.get(i) instanceof Instruction.Run || instructions.get(i) instanceof Instruction.OnBuild) {
                return i;
            }
        }
        return -1;
    }

    void check() {
        checkStages();
        checkGlobalArguments();
        for (var i = 0; i < stages.stages().size(); i++) {
            checkArguments(i);
        }
    }

    /// Several named stages that nothing uses are targets, each for a purpose; one may well be forgotten.
    private void checkStages() {
        var used = new HashSet<String>();
        var named = new ArrayList<Instruction.From>();
        for (var i = stages.stages().size() - 1; i >= 0; i--) {
            var from = stages.stages().get(i).from();
            var name = from.name();
            var isUsed = i == stages.stages().size() - 1 || used.contains(Integer.toString(i));
            if (!isUsed && name == null) {
                findings.report(Rule.UNUSED_STAGE, from.origin(), "Nothing uses stage " + i + ", which has no name");
            } else if (!isUsed && name != null && !used.contains(name) && !fits(name, used)) {
                named.add(from);
            }
            addUses(stages.stages().get(i), used);
        }
        if (named.size() == 1) {
            var name = named.getFirst().name();
            findings.report(
                    Rule.UNUSED_STAGE,
                    named.getFirst().origin(),
                    "Nothing uses stage \"" + name + "\", which is built only with --target " + name);
        }
    }

    /// Whether a name is what a pattern may become; `*` stands for a variable.
    private static boolean fits(String name, Collection<String> patterns) {
        return patterns.stream().anyMatch(pattern -> {
            var star = pattern.indexOf('*');
            return star >= 0
                    && name.length() >= pattern.length() - 1
                    && name.startsWith(pattern.substring(0, star))
                    && name.endsWith(pattern.substring(star + 1));
        });
    }

    private static void addUses(Stage stage, Set<String> used) {
        used.add(pattern(stage.from().image()));
        for (var instruction : stage.instructions()) {
            if (instruction instanceof Instruction.Copy copy && copy.from() != null) {
                used.add(copy.from().value().toLowerCase(Locale.ROOT));
            } else if (instruction instanceof Instruction.Run run) {
                run.mounts().forEach(mount -> addUse(mount, used));
            } else if (instruction instanceof Instruction.OnBuild) {
                // What a trigger will read is written in its text.
                used.add("*");
            }
        }
    }

    private static void addUse(RunMount mount, Set<String> used) {
        for (var option : mount.options()) {
            if (option.key().value().equals("from") && option.value() != null) {
                used.add(pattern(option.value()));
            }
        }
    }

    private static String pattern(Word word) {
        var literal = word.literal();
        if (literal != null) {
            return literal.toLowerCase(Locale.ROOT);
        }
        var parts = word.parts();
        var start = parts.getFirst() instanceof Word.Literal(var text) ? text : "";
        var end = parts.getLast() instanceof Word.Literal(var text) ? text : "";
        return (start + "*" + end).toLowerCase(Locale.ROOT);
    }

    private void checkGlobalArguments() {
        for (var arg : stages.dockerfile().globalArgs()) {
            for (var declaration : arg.declarations()) {
                var name = declaration.name().text();
                if (!isKnown(name) && !isNamedAfter(name, arg)) {
                    findings.report(
                            Rule.UNUSED_ARG, arg.origin(), "ARG \"" + name + "\" is used by no FROM and in no stage");
                }
            }
        }
    }

    /// A program may read any ARG that comes before it, so only one without a RUN behind it can be called unused.
    private void checkArguments(int index) {
        if (runsLater[index]) {
            return;
        }
        var instructions = stages.stages().get(index).instructions();
        for (var i = lastStep(index) + 1; i < instructions.size(); i++) {
            if (!(instructions.get(i) instanceof Instruction.Arg arg)) {
                continue;
            }
            for (var declaration : arg.declarations()) {
                var name = declaration.name().text();
                if (!isKnown(name) && !isNamedAfter(name, arg)) {
                    findings.report(
                            Rule.UNUSED_ARG,
                            arg.origin(),
                            "ARG \"" + name + "\" is used by no instruction, and no RUN follows it");
                }
            }
        }
    }

    /// Whether a name means something by itself, or is none.
    private static boolean isKnown(String name) {
        var isName = name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
        return !isName
                || name.startsWith("BUILDKIT_")
                || KNOWN.contains(name)
                || KNOWN.contains(name.toLowerCase(Locale.ROOT));
    }

    private boolean isNamedAfter(String name, Instruction.Arg arg) {
        return lastLines.getOrDefault(name, 0) > arg.range().endLine();
    }
}
