package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Stage;
import dev.jbuild.lint.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The stages whose steps run although their results may be known.
///
/// @param all whether they are all
/// @param names of those that are meant otherwise, in whatever case; or their numbers
public record FreshStages(boolean all, Set<String> names) {
    public static final FreshStages NONE = new FreshStages(false, Set.of());
    public static final FreshStages ALL = new FreshStages(true, Set.of());

    public FreshStages {
        var folded = new TreeSet<String>();
        names.forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
        names = Set.copyOf(folded);
    }

    /// {@return whether a stage is one of them}
    ///
    /// @param name null when it has none
    /// @param index counted from 0
    public boolean contains(@Nullable String name, int index) {
        return all
                || names.contains(Integer.toString(index))
                || (name != null && names.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// {@return what there is to say of names that no stage of a file has: they ask for nothing}
    public List<String> unknown(List<Stage> stages) {
        List<String> known = new StageNames(stages).all();
        var messages = new ArrayList<String>();
        for (String name : new TreeSet<>(names)) {
            if (IntStream.range(0, stages.size())
                    .noneMatch(i -> name.equals(Integer.toString(i))
                            || name.equals(stages.get(i).from().name()))) {
                messages.add("--no-cache-filter: no stage '" + name + "'" + Spelling.hint(name, known, ""));
            }
        }
        return messages;
    }

    /// {@return the option that asked for it}
    public String option() {
        return all ? "--no-cache" : "--no-cache-filter";
    }
}
