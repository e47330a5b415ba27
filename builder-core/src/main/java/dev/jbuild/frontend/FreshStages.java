package dev.jbuild.frontend;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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

    /// {@return the option that asked for it}
    public String option() {
        return all ? "--no-cache" : "--no-cache-filter";
    }
}
