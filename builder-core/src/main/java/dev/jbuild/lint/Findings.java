package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// What the checks of one file found, as far as the options let it count. Used by one thread.
public final class Findings {
    private final CheckOptions options;
    private final LinkedHashSet<Finding> found = new LinkedHashSet<>();

    /// @param options those of the whole file; comments above an instruction change them for that one
    public Findings(CheckOptions options) {
        this.options = options;
    }

    /// The options of the whole file.
    public CheckOptions options() {
        return options;
    }

    /// Takes a finding at an instruction. The same one twice counts once: a stage may be looked at more than once.
    public void report(Rule rule, Instruction.Origin place, String detail) {
        report(rule, place.range(), place.comment(), detail);
    }

    /// Takes a finding at a place that is no instruction, or not all of one.
    ///
    /// @param comment the lines above the instruction, which may skip the rule
    public void report(Rule rule, SourceRange range, List<String> comment, String detail) {
        if (options.mergedWith(comment).allows(rule)) {
            found.add(new Finding(rule, range, detail));
        }
    }

    /// All findings by line, those of a line in the order of their discovery.
    public List<Finding> inOrder() {
        var all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(finding -> finding.range().startLine()));
        return all;
    }

    /// The titles of the broken rules, each once, in the order of their discovery.
    public List<String> brokenRules() {
        return found.stream().map(finding -> finding.rule().title()).distinct().toList();
    }
}
