package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Label;
import java.util.Map;

/// Names the steps of a stage as people see them: `[build 2/3] RUN make`.
final class StepNames {
    private final String stage;
    private final int total;
    private final boolean fresh;
    private int count;
    private String origin = "";

    /// @param stage empty when the file has only one
    /// @param baseIsStep whether FROM counts
    /// @param fresh whether steps run although their results are known
    StepNames(String stage, boolean baseIsStep, int steps, boolean fresh) {
        this.stage = stage;
        this.total = steps + (baseIsStep ? 1 : 0);
        this.fresh = fresh;
    }

    /// {@return the label of the FROM of this stage, its first step}
    Label base(String text, SourceRange range) {
        return new Label(stage, number() + " " + text, range, Map.of(), false);
    }

    /// Turns to the steps of another instruction.
    ///
    /// @param text where it comes from, as messages begin; empty for the file itself
    void origin(String text) {
        origin = text;
    }

    /// {@return the label of the next step}
    ///
    /// @param variables those that its words name, with their values
    Label next(String text, SourceRange range, Map<String, String> variables) {
        return new Label(stage, number() + " " + text, range, variables, fresh, origin);
    }

    private String number() {
        count++;
        String digits = Integer.toString(total);
        String padded =
                " ".repeat(Math.max(0, digits.length() - Integer.toString(count).length())) + count;
        return "[" + (stage.isEmpty() ? "" : stage + " ") + padded + "/" + digits + "]";
    }
}
