package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import java.util.ArrayList;
import java.util.List;

/// An instruction that ONBUILD left to the stages that begin with a base.
///
/// @param place of the base in the FROM that brings it
/// @param origin what messages say before the mistake
record Trigger(Instruction instruction, SourceRange place, String origin) {
    /// What is shown of a trigger; more is told apart by the number.
    private static final int LONGEST_TEXT = 80;

    /// {@return the triggers of a base, in their order}
    ///
    /// @param base `stage 'x'` or `base image 'x'`
    /// @throws PlanException when one is no instruction
    static List<Trigger> of(List<String> texts, SourceRange place, String base) {
        var triggers = new ArrayList<Trigger>();
        for (String text : texts) {
            String origin =
                    "ONBUILD trigger " + (triggers.size() + 1) + " of " + base + " ('" + shortened(text) + "'): ";
            try {
                Instruction instruction = Dockerfile.parseTrigger(new SourceFile("ONBUILD of the base image", text));
                triggers.add(new Trigger(instruction, place, origin));
            } catch (DockerfileException problem) {
                Diagnostic first = problem.diagnostics().getFirst();
                throw new PlanException("bad-trigger", place, origin + first.message(), first.help());
            }
        }
        return triggers;
    }

    /// {@return a mistake of the trigger, told where it comes from}
    Diagnostic explain(Diagnostic problem) {
        return Diagnostic.error(problem.rule(), place, origin + problem.message(), problem.help());
    }

    private static String shortened(String text) {
        int line = text.indexOf('\n');
        int end = Math.min(line < 0 ? text.length() : line, LONGEST_TEXT);
        return end == text.length() ? text : text.substring(0, end) + "...";
    }
}
