package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds ARGs that take the place of an ENV: of the two, the later line wins in the steps, but only ENV reaches the
/// image.
final class HiddenEnvChecks {
    private final StageTree stages;
    private final Findings findings;
    private final List<Map<String, Integer>> defined = new ArrayList<>();

    HiddenEnvChecks(StageTree stages, Findings findings) {
        this.stages = stages;
        this.findings = findings;
    }

    void check() {
        for (var i = 0; i < stages.stages().size(); i++) {
            // Line of the ENV by its name.
            var lines = new HashMap<String, Integer>();
            if (stages.parent(i) >= 0) {
                lines.putAll(defined.get(stages.parent(i)));
            }
            for (var instruction : stages.stages().get(i).instructions()) {
                if (instruction instanceof Instruction.Env env) {
                    env.bindings()
                            .forEach(binding ->
                                    lines.put(binding.name().text(), env.range().startLine()));
                } else if (instruction instanceof Instruction.Arg arg) {
                    arg.declarations()
                            .forEach(
                                    declaration -> check(arg, declaration.name().text(), lines));
                }
            }
            defined.add(lines);
        }
    }

    private void check(Instruction.Arg arg, String name, Map<String, Integer> lines) {
        var line = lines.get(name);
        if (line != null) {
            findings.report(
                    Rule.ARG_OVERRIDES_ENV,
                    arg.origin(),
                    "ARG \"" + name + "\" hides the ENV of line " + line
                            + " from the steps that follow, while the image keeps the value of the ENV");
        }
    }
}
