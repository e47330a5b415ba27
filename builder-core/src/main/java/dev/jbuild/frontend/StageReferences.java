package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Suggestion;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.oci.ImageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which stage is meant where a file, or its user, writes a name or a number.
final class StageReferences {
    /// The rule of a target that there is not.
    static final String UNKNOWN_TARGET = "unknown-target";

    /// More digits are no number of a stage, and may be none that Java can hold.
    private static final int MAX_DIGITS = 9;

    private final List<Stage> stages;
    private final StageNames names;
    private final Images images;

    StageReferences(List<Stage> stages, Images images) {
        this.stages = stages;
        this.names = new StageNames(stages);
        this.images = images;
    }

    /// {@return the number of the last stage of that name before `end`, or -1}
    int before(String name, int end) {
        return names.before(name, end);
    }

    /// {@return the number of the stage to build}
    ///
    /// @param wanted null for the last one
    int target(@Nullable String wanted) {
        if (wanted == null) {
            return stages.size() - 1;
        }
        int found = names.before(wanted, stages.size());
        if (found < 0) {
            throw new PlanException(
                    UNKNOWN_TARGET,
                    stages.getLast().from().range(),
                    "target stage '" + wanted + "' could not be found",
                    instead(wanted));
        }
        return found;
    }

    /// {@return the number of the stage that `COPY --from` means in the stage `current`, or -1}
    int copied(Text from, int current) {
        if (isNumber(from.value())) {
            int index = index(from);
            if (index >= current) {
                throw invalidIndex(from);
            }
            return index;
        }
        return named(from, current, "copy");
    }

    /// Refuses what `COPY --from` may not mean even in a stage that nothing needs: no stage at all, or its own.
    void checkUnreached(Text from, int current) {
        if (isNumber(from.value())) {
            int index = index(from);
            if (index == current || index >= stages.size()) {
                throw invalidIndex(from);
            }
        } else if (names.before(from.value(), stages.size()) == current) {
            named(from, current, "copy");
        }
    }

    private static int index(Text from) {
        String digits = from.value();
        return digits.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static PlanException invalidIndex(Text from) {
        return new PlanException(
                "invalid-stage-index",
                from.range(),
                "invalid stage index " + from.value(),
                "stages are counted from 0; only those before this one can be copied from");
    }

    /// {@return the number of the stage that `--mount=from=` means in the stage `current`, or -1}
    int mounted(Text from, int current) {
        return named(from, current, "mount");
    }

    /// {@return what steps of a stage are called by; empty when there is only one}
    String label(int index) {
        if (stages.size() == 1) {
            return "";
        }
        @Nullable String name = stages.get(index).from().name();
        return name == null ? "stage-" + index : name;
    }

    /// Of several stages of a name the last one of the file is meant, unlike in FROM.
    ///
    /// @param use what for, for the message
    private int named(Text from, int current, String use) {
        String name = from.value();
        int last = names.before(name, stages.size());
        if (last < current || images.named(name) != null) {
            return names.before(name, current);
        }
        String help = names.before(name, current) < 0
                ? "move the stage '" + name + "' up"
                : "of several stages called '" + name + "' the last one is meant, give each its own name";
        throw new PlanException(
                "stage-not-yet-defined",
                from.range(),
                "cannot " + use + " from stage '" + name + "', it needs to be defined before the current stage",
                help);
    }

    /// {@return what a failure to get an image says, with the stage that its name resembles}
    ///
    /// @param name as the file has it, in the stage `current`
    ImageException explained(ImageException problem, String name, int current) {
        boolean bare = name.indexOf('/') < 0 && name.indexOf(':') < 0 && name.indexOf('@') < 0;
        if (!bare || images.named(name) != null) {
            return problem;
        }
        @Nullable String near = Suggestion.nearest(name, names.before(current));
        return near == null
                ? problem
                : new ImageException(problem.getMessage() + " (did you mean stage '" + near + "'?)", problem);
    }

    /// What to write instead of a target that there is not.
    private String instead(String wanted) {
        List<String> known = names.all();
        @Nullable String near = Suggestion.of(wanted, known);
        if (near != null) {
            return near;
        }
        return "stages are: " + (known.isEmpty() ? "none has a name" : String.join(", ", known));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
